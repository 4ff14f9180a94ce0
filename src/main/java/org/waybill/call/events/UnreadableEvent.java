package org.waybill.call.events;

/** A message that is no event of a call. Its message is a sentence for who publishes such ones. */
final class UnreadableEvent extends Exception {
  private static final long serialVersionUID = 1;

  UnreadableEvent(String sentence) {
    super(sentence);
  }

  UnreadableEvent(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
