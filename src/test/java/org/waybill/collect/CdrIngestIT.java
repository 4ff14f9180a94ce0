package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waybill.cdr.TableSuffix;
import org.waybill.document.Documents;
import org.waybill.testing.WaybillServer;

/** The contract's table of {@code POST /api/cdrs}, row by row, against a running server. */
class CdrIngestIT {
  private static final String XML = "application/xml";
  private static final WaybillServer SERVER = WaybillServer.shared();

  @BeforeAll
  static void addOrganizations() {
    organization("{\"id\":1001,\"name\":\"Some\"}");
    organization("{\"id\":1999,\"name\":\"Gone\",\"active\":false}");
  }

  static List<Documents.Answer> answers() {
    return Documents.answers();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answersEachDocumentAsItsTableSays(Documents.Answer expected) {
    HttpResponse<String> answer =
        post(Documents.bytes(expected.document()), expected.contentType());

    if (expected.status() == 201) {
      // Another run, or a repeat after a slow first answer, finds it stored.
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
      return;
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected.status());
    JsonObject problem = json(answer);
    assertThat(problem.getString("reason")).isEqualTo(expected.reason());
    assertThat(problem.getInt("rejectedId")).isPositive();
    assertThat(problem.getJsonArray("violations").getValuesAs(JsonObject.class))
        .extracting(
            it -> it.getInt("line") + ":" + it.getInt("column") + " " + it.getString("message"))
        .containsExactlyElementsOf(expected.violations());
  }

  @Test
  void answersAStoredDocumentWithItsIdsAndARepeatWithTheSame() {
    UUID uuid = UUID.randomUUID();
    String document = xml(uuid, 1001, "");
    HttpResponse<String> first = post(document, XML);
    HttpResponse<String> again = post(document.replace("><", ">\n<"), "text/xml");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.headers().firstValue("Location")).hasValue("/api/cdrs/" + uuid);
    JsonObject stored = json(first);
    assertThat(stored.keySet())
        .containsExactlyInAnyOrder("id", "uuid", "TableSuffix", "rmOrgID", "tasks");
    assertThat(stored.getString("uuid")).isEqualTo(uuid.toString());
    assertThat(stored.getInt("rmOrgID")).isEqualTo(1001);
    JsonObject task = stored.getJsonArray("tasks").getJsonObject(0);
    assertThat(task.getString("type")).isEqualTo("CDRToSGAPI");
    assertThat(task.getString("priority")).isEqualTo("high");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again))
        .isEqualTo(Json.createObjectBuilder(stored).add("duplicate", true).build());
  }

  @Test
  void answersOtherContentOfTheSameUuidAsAConflictAndKeepsIt() {
    UUID uuid = UUID.randomUUID();
    post(xml(uuid, 1001, ""), XML);
    HttpResponse<String> other = post(xml(uuid, 1001, "<a>1</a>"), XML);

    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(json(other).getString("reason")).isEqualTo("CONFLICT");
    assertThat(json(other).getInt("rejectedId")).isPositive();
  }

  @Test
  void keepsADocumentOfAnUnknownOrInactiveOrganization() {
    for (int organization : new int[] {1999, 987_654}) {
      HttpResponse<String> answer = post(xml(UUID.randomUUID(), organization, ""), XML);
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
      assertThat(json(answer).getString("reason")).isEqualTo("UNKNOWN_ORGANIZATION");
      assertThat(json(answer).getJsonArray("violations")).hasSize(1);
    }
  }

  @Test
  void addsNoRowForTheSameBadBytes() {
    String bad = "<cdr>" + UUID.randomUUID();
    assertThat(json(post(bad, XML)).getInt("rejectedId"))
        .isEqualTo(json(post(bad, XML)).getInt("rejectedId"));
  }

  @Test
  void answersAKeptDocumentWith202WhenAskedForLenience() {
    HttpResponse<String> answer =
        send(request().header("Content-Type", XML).header("Prefer", "handling=lenient"), "<cdr");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("handling=lenient");
    assertThat(json(answer).getInt("rejectedId")).isPositive();
  }

  @Test
  void takesGzipAndNoOtherEncoding() {
    byte[] packed = gzip(xml(UUID.randomUUID(), 1001, "").getBytes(UTF_8));
    assertThat(gzipped(packed, "gzip").statusCode()).isEqualTo(201);
    assertThat(gzipped(packed, "br").statusCode()).isEqualTo(415);
  }

  @Test
  void keepsWhatIsNotTheGzipThatItClaimsToBeAsItCame() {
    byte[] packed = gzip(xml(UUID.randomUUID(), 1001, "").getBytes(UTF_8));
    packed[packed.length / 2] ^= 0x55;
    HttpResponse<String> answer = gzipped(packed, "gzip");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).getString("reason")).isEqualTo("NOT_WELL_FORMED");
  }

  @Test
  void refusesWhatIsTooLargePlainAnnouncedOrPacked() {
    byte[] large = new byte[11_000_000];
    assertThat(gzipped(gzip(large), "gzip").statusCode()).isEqualTo(413);
    assertThat(post(large, XML).statusCode()).isEqualTo(413);
  }

  @Test
  void refusesWhatIsNotXmlByItsType() {
    String good = xml(UUID.randomUUID(), 1001, "");
    for (String type : List.of("application/json", "text/plain", "text/html", "xml")) {
      assertThat(post(good, type).statusCode()).as(type).isEqualTo(415);
    }
    assertThat(send(request(), good).statusCode()).isEqualTo(415);
    assertThat(post(good, "application/cdr+xml;charset=utf-8").statusCode()).isEqualTo(201);
  }

  @Test
  void refusesWhoeverGivesNoOrWrongCredentials() {
    String good = xml(UUID.randomUUID(), 1001, "");
    HttpRequest.Builder nobody = HttpRequest.newBuilder(SERVER.uri("/api/cdrs"));
    assertThat(send(nobody.header("Content-Type", XML), good).statusCode()).isEqualTo(401);
  }

  @Test
  void refusesWhoeverMayNotSendAtAllOrForThisOrganization() {
    String good = xml(UUID.randomUUID(), 1001, "");
    assertThat(withKey(key("reader", "[]"), good).statusCode()).isEqualTo(403);
    assertThat(withKey(key("switch", "[7]"), good).statusCode()).isEqualTo(403);
    assertThat(withKey(key("switch", "[1001]"), good).statusCode()).isEqualTo(201);
  }

  @Test
  void takesABatchUnderOneRoot() {
    String stored = xml(UUID.randomUUID(), 1001, "");
    String batch =
        "<all>" + stored + stored + "<cdr>" + xml(UUID.randomUUID(), 1001, "") + "</all>";
    HttpResponse<String> answer =
        SERVER.send(
            SERVER
                .request("/api/cdrs/batch")
                .header("Content-Type", XML)
                .POST(BodyPublishers.ofString(batch)));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonObject counts = json(answer);
    assertThat(counts.getInt("received")).isEqualTo(4);
    assertThat(counts.getInt("stored")).isEqualTo(2);
    assertThat(counts.getInt("duplicates")).isEqualTo(1);
    assertThat(counts.getInt("rejected")).isEqualTo(1);
    assertThat(counts.getJsonArray("results")).hasSize(2);
  }

  private static HttpResponse<String> post(String body, String type) {
    return post(body.getBytes(UTF_8), type);
  }

  /** As a sender does: "later" is answered by sending again. */
  private static HttpResponse<String> post(byte[] body, String type) {
    HttpResponse<String> answer = once(body, type);
    for (int i = 0; i < 20 && answer.statusCode() == 503; i++) {
      answer = once(body, type);
    }
    return answer;
  }

  private static HttpResponse<String> once(byte[] body, String type) {
    return SERVER.send(
        request().header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<String> gzipped(byte[] body, String encoding) {
    return SERVER.send(
        request()
            .header("Content-Type", XML)
            .header("Content-Encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<String> withKey(String key, String body) {
    return send(
        HttpRequest.newBuilder(SERVER.uri("/api/cdrs"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", XML),
        body);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String body) {
    return SERVER.send(request.POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder request() {
    return SERVER.request("/api/cdrs");
  }

  private static String key(String role, String organizations) {
    String json =
        "{\"name\":\"%s\",\"roles\":[\"%s\"],\"organizations\":%s}"
            .formatted(UUID.randomUUID(), role, organizations);
    return json(SERVER.post("/api/keys", "application/json", json)).getString("key");
  }

  private static void organization(String json) {
    HttpResponse<String> answer = SERVER.post("/api/organizations", "application/json", json);
    assertThat(answer.statusCode()).as(answer.body()).isIn(201, 409);
  }

  private static JsonObject json(HttpResponse<String> answer) {
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static String xml(UUID uuid, int organization, String variables) {
    long now = Instant.now().getEpochSecond();
    return SomeIntake.xml(uuid, organization, variables)
        .replace(String.valueOf(SomeCdrs.TODAY), String.valueOf(now))
        .replace("20261121", TableSuffix.ofEpochSecond(now).toString());
  }
}
