package org.waybill.gateway;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first characters of an answer. Reads on for a while, so that the connection can be used
 * again, then hangs up: no gateway can make us read for ever.
 */
final class AnswerHead implements BodySubscriber<String> {
  static final int CHARACTERS = 2000;
  private static final int BYTES_KEPT = CHARACTERS * 4; // UTF-8 needs at most four a character
  private static final int BYTES_READ = 64 * 1024;

  private final Charset charset;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(256);
  private final CompletableFuture<String> text = new CompletableFuture<>();
  private @Nullable Subscription subscription;
  private long read;

  AnswerHead(Charset charset) {
    this.charset = charset;
  }

  @Override
  public CompletionStage<String> getBody() {
    return text;
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (text.isDone()) {
      return;
    }
    for (ByteBuffer buffer : buffers) {
      read += buffer.remaining();
      keep(buffer);
    }
    if (read > BYTES_READ) {
      hangUp();
      finish();
    }
  }

  @Override
  public void onError(Throwable failure) {
    text.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    finish();
  }

  private void hangUp() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  private void keep(ByteBuffer buffer) {
    byte[] bytes = new byte[Math.min(buffer.remaining(), BYTES_KEPT - head.size())];
    buffer.get(bytes);
    head.writeBytes(bytes);
  }

  private void finish() {
    text.complete(Text.cut(head.toString(charset), CHARACTERS));
  }
}
