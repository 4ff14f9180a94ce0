package org.waybill.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waybill.testing.Client;
import org.waybill.testing.WaybillServer;

/**
 * Sends as a FreeSWITCH does, by libcurl's own command line with the options that mod_xml_cdr and
 * mod_json_cdr set, over HTTP and HTTPS.
 */
@Tag("any-database")
class SwitchIT {
  private static final String STORE_PASSWORD = "store password";
  private static final String PLAIN = "application/x-www-form-plaintext";
  private static final String ENCODED = "application/x-www-form-urlencoded";
  private static final String BASE64 = "application/x-www-form-base64-encoded";
  private static final String XML = "text/xml";

  @TempDir static Path files;
  private static WaybillServer server;
  private static Client admin;
  private static String https;
  private static String key;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    certificates();
    server =
        WaybillServer.named("switch")
            .with("WAYBILL_HTTPS_PORT", "0")
            .with("WAYBILL_HTTPS_KEYSTORE", files.resolve("server.p12").toString())
            .with("WAYBILL_HTTPS_KEYSTORE_PASSWORD", STORE_PASSWORD)
            .with("WAYBILL_HTTPS_CLIENT_CA", files.resolve("ca.pem").toString())
            .start();
    String said = "Waybill speaks HTTPS: ";
    https = server.output().lines().filter(it -> it.startsWith(said)).findFirst().orElseThrow();
    https = https.substring(said.length());
    admin = Client.nobody(server.uri("/")).user("admin", WaybillServer.ADMIN_PASSWORD);
    admin.post("/api/organizations", "{\"id\":1001,\"name\":\"Some\"}");
    key = key("pbx", "[1001]");
    user("plain", false);
    user("digest", true);
    // The first document of a cold server on a busy machine may take longer than a switch waits.
    UUID first = UUID.randomUUID();
    repeatedWhileBusy(file(document(first, "1001")), "" + server.uri("/api/collect/freeswitch"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What a switch puts on the wire, and whether it names the type (disable-100-continue). */
  record Wire(String contentType, boolean named) {}

  static Stream<Wire> wires() {
    return Stream.of(PLAIN, ENCODED, BASE64, XML)
        .flatMap(type -> Stream.of(new Wire(type, true), new Wire(type, false)));
  }

  @ParameterizedTest
  @MethodSource("wires")
  void takesEveryWireFormWithAndWithoutItsContentType(Wire wire) {
    UUID uuid = UUID.randomUUID();
    String[] header = {"-H", wire.named() ? "Content-Type: " + wire.contentType() : "Expect:"};
    String body = body(document(uuid, "1001"), wire.contentType());
    Curl.Reply reply = send(body, "a_" + uuid, header);

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.json().getString("uuid")).isEqualTo(uuid.toString());
    Curl.Reply again = send(body, "" + uuid, header);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().getBoolean("duplicate")).isTrue();
  }

  @Test
  void takesABodyThatItAskedToContinueWith() {
    UUID uuid = UUID.randomUUID();
    String large = document(uuid, "1001").replace("<b>", "<b>" + "x".repeat(1_500_000));
    Curl.Reply reply = send(body(large, PLAIN), "" + uuid, "-H", "Expect: 100-continue");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  @Test
  void takesGzip() throws IOException, InterruptedException {
    UUID uuid = UUID.randomUUID();
    Path file = files.resolve(uuid + ".xml");
    Files.writeString(file, document(uuid, "1001"));
    assertThat(new ProcessBuilder("gzip", file.toString()).start().waitFor()).isZero();
    Curl.Reply reply =
        Curl.post(
            file + ".gz",
            server.uri("/api/collect/freeswitch") + "",
            "-H",
            "Content-Encoding: gzip",
            "-H",
            "Authorization: Bearer " + key);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  @Test
  void keepsWhatCannotBecomeACdrAndAnswers202UnlessStrict() {
    UUID uuid = UUID.randomUUID();
    Curl.Reply junk = send("cdr=<nonsense" + uuid, "a_" + uuid);
    assertThat(junk.status()).as(junk.body()).isEqualTo(202);
    JsonObject kept = rejected(junk);
    assertThat(kept.getString("source")).isEqualTo("freeswitch");
    assertThat(kept.getString("state")).isEqualTo("open");
    Curl.Reply strict = send("cdr=<nonsense" + uuid, "a_" + uuid, "-H", "Prefer: handling=strict");
    assertThat(strict.status()).isIn(400, 422);
    assertThat(rejected(strict).getInt("id")).isEqualTo(kept.getInt("id"));

    Curl.Reply foreign = send(body(document(uuid, "4004"), XML), "" + uuid);
    assertThat(foreign.status()).as(foreign.body()).isEqualTo(202);
  }

  @Test
  void keepsTenMegabytesOfGarbageWithinThePatienceOfASwitch() throws IOException {
    byte[] garbage = new byte[10_000_000];
    new Random().nextBytes(garbage);
    Path file = Files.write(files.resolve("garbage"), garbage);
    Path kept = files.resolve("kept");
    String address = server.uri("/api/collect/freeswitch?uuid=a_" + UUID.randomUUID()).toString();
    Curl.Reply reply = repeatedWhileBusy(file.toString(), address);
    assertThat(reply.status()).as(reply.body()).isEqualTo(202);
    assertThat(rejected(reply).getString("reason")).isEqualTo("NOT_WELL_FORMED");

    String body = "/api/rejected-cdrs/" + reply.json().getInt("rejectedId") + "/body";
    String credentials = "admin:" + WaybillServer.ADMIN_PASSWORD;
    Curl.run(List.of("curl", "-s", "-u", credentials, "-o", "" + kept, "" + server.uri(body)));
    assertThat(kept).hasSameBinaryContentAs(file);
  }

  @Test
  void keepsWhatContradictsAStoredOne() {
    UUID uuid = UUID.randomUUID();
    String body = body(document(uuid, "1001"), XML);
    assertThat(send(body, "" + uuid).status()).isEqualTo(200);
    Curl.Reply other = send(body.replace("NORMAL_CLEARING", "USER_BUSY"), "" + uuid);
    assertThat(other.status()).as(other.body()).isEqualTo(202);
    assertThat(rejected(other).getString("reason")).isEqualTo("CONFLICT");
  }

  @Test
  void refusesFormatsThatNobodyReadsAndBodiesThatAreTooLarge() throws IOException {
    assertThat(admin.post("/api/collect/nothing", "x").status()).isEqualTo(404);
    assertThat(admin.get("/api/collect/freeswitch").status()).isEqualTo(405);
    Path large = Files.write(files.resolve("large"), new byte[11_000_000]);
    String address = server.uri("/api/collect/freeswitch").toString();
    assertThat(Curl.post(large.toString(), address, "-H", "Authorization: Bearer " + key).status())
        .isEqualTo(413);
  }

  @Test
  void letsInByEveryKindOfCredentialThatASwitchHas() {
    assertThat(as("--basic", "-u", "plain:correct horse")).isEqualTo(200);
    assertThat(as("--basic", "-u", key + ":x")).isEqualTo(200);
    assertThat(as("--basic", "-u", "freeswitch:" + key)).isEqualTo(200);
    assertThat(as("--digest", "-u", "digest:correct horse")).isEqualTo(200);
    assertThat(as("--anyauth", "-u", "digest:correct horse")).isEqualTo(200);
    assertThat(as("--anyauth", "-u", "plain:correct horse")).isEqualTo(200);
    assertThat(as("--anyauth", "-u", key + ":x")).isEqualTo(200);
    for (String scheme : List.of("--basic", "--digest", "--anyauth")) {
      assertThat(as(scheme, "-u", "digest:wrong horse")).as(scheme).isEqualTo(401);
      assertThat(as(scheme, "-u", "wb_wrong:x")).as(scheme).isEqualTo(401);
    }
    assertThat(as()).isEqualTo(401);
  }

  @Test
  void takesTheKeyFromTheUrlsUserPart() {
    UUID uuid = UUID.randomUUID();
    String address = server.uri("/api/collect/freeswitch?uuid=a_" + uuid).toString();
    Curl.Reply reply =
        Curl.post(
            file(document(uuid, "1001")), address.replace("http://", "http://" + key + ":x@"));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  @Test
  void speaksHttpsWithItsOwnCertificate() {
    UUID uuid = UUID.randomUUID();
    String address = https + "/api/collect/freeswitch?uuid=" + uuid;
    String[] bearer = {"-H", "Authorization: Bearer " + key, "--cacert", "" + path("ca.pem")};
    Curl.Reply reply = Curl.post(file(document(uuid, "1001")), address, bearer);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(Curl.post(file("x"), address, "--cacert", "" + path("ca.pem")).status())
        .isEqualTo(401);
  }

  @Test
  void knowsAClientByTheNameInItsCertificate() {
    UUID uuid = UUID.randomUUID();
    String address = https + "/api/collect/freeswitch?uuid=" + uuid;
    assertThat(Curl.post(file(document(uuid, "1001")), address, certificate("pbx")).status())
        .isEqualTo(200);
    assertThat(Curl.post(file("x"), address, certificate("stranger")).status()).isEqualTo(401);
    JsonObject trace = admin.get("/api/cdrs/" + uuid + "/trace").json();
    assertThat(trace.getJsonObject("raw").getString("sender")).isEqualTo("key:pbx");
  }

  @Test
  void showsTheDocumentInTheTraceAndItsBytes() {
    UUID uuid = UUID.randomUUID();
    String body = body(document(uuid, "1001"), PLAIN);
    send(body, "a_" + uuid);
    JsonObject raw = admin.get("/api/cdrs/" + uuid + "/trace").json().getJsonObject("raw");

    assertThat(raw.getString("format")).isEqualTo("freeswitch");
    assertThat(raw.getString("urlUuid")).isEqualTo("a_" + uuid);
    assertThat(raw.getInt("size")).isEqualTo(body.getBytes(UTF_8).length);
    assertThat(admin.get(raw.getString("link")).text()).isEqualTo(body);
  }

  @Test
  void takesARejectedDocumentOffTheListWhenItIsAcceptedAfterAll() throws InterruptedException {
    UUID uuid = UUID.randomUUID();
    String wide = key("wide " + uuid, "[]");
    String body = document(uuid, "1777");
    String address = server.uri("/api/collect/freeswitch?uuid=" + uuid).toString();
    Curl.Reply first = Curl.post(file(body), address, "-H", "Authorization: Bearer " + wide);
    assertThat(first.status()).as(first.body()).isEqualTo(202);
    admin.post("/api/organizations", "{\"id\":1777,\"name\":\"Late\"}");
    assertThat(Curl.post(file(body), address, "-H", "Authorization: Bearer " + wide).status())
        .isEqualTo(200);
    for (int i = 0; i < 200 && rejected(first).getString("state").equals("open"); i++) {
      Thread.sleep(20);
    }
    assertThat(rejected(first).getString("state")).isEqualTo("accepted");
  }

  private static Curl.Reply send(String body, String urlUuid, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-H", "Authorization: Bearer " + key));
    String address = server.uri("/api/collect/freeswitch?uuid=" + urlUuid).toString();
    return Curl.post(file(body), address, all.toArray(String[]::new));
  }

  /** As a switch does, which is told 503 while a busy machine cannot store so much in time. */
  private static Curl.Reply repeatedWhileBusy(String file, String address) {
    Curl.Reply reply = Curl.post(file, address, "-H", "Authorization: Bearer " + key);
    for (int i = 1; i < 5 && reply.status() == 503; i++) {
      reply = Curl.post(file, address, "-H", "Authorization: Bearer " + key);
    }
    return reply;
  }

  private static int as(String... credentials) {
    UUID uuid = UUID.randomUUID();
    String address = server.uri("/api/collect/freeswitch?uuid=a_" + uuid).toString();
    return Curl.post(file(document(uuid, "1001")), address, credentials).status();
  }

  private static JsonObject rejected(Curl.Reply reply) {
    return admin.get("/api/rejected-cdrs/" + reply.json().getInt("rejectedId")).json();
  }

  private static String body(String document, String contentType) {
    return switch (contentType) {
      case XML -> document;
      case PLAIN -> "cdr=" + document;
      case BASE64 -> "cdr=" + Base64.getEncoder().encodeToString(document.getBytes(UTF_8));
      default -> "cdr=" + URLEncoder.encode(document, UTF_8).replace("+", "%20");
    };
  }

  private static String document(UUID uuid, String organization) {
    return """
    <?xml version="1.0"?>
    <cdr core-uuid="0e8b4f5c-3f6d-4d5e-8f0a-000000000001" switchname="pbx-1">
      <channel_data><state>CS_REPORTING</state><direction>inbound</direction></channel_data>
      <variables>
        <uuid>%s</uuid>
        <rmOrgID>%s</rmOrgID>
        <start_epoch>%d</start_epoch>
        <hangup_cause>NORMAL_CLEARING</hangup_cause>
        <sip_from_uri>anna%%40example.com</sip_from_uri>
        <b>1+1</b>
      </variables>
      <app_log/>
      <callflow dialplan="XML" profile_index="1">
        <caller_profile>
          <caller_id_number>+15551234567</caller_id_number>
          <destination_number>7010</destination_number>
          <uuid>%s</uuid>
        </caller_profile>
      </callflow>
    </cdr>
    """
        .formatted(uuid, organization, System.currentTimeMillis() / 1000 - 60, uuid);
  }

  private static String key(String name, String organizations) {
    String body =
        "{\"name\":\""
            + name
            + "\",\"roles\":[\"switch\"],\"organizations\":"
            + organizations
            + "}";
    return admin.post("/api/keys", body).json().getString("key");
  }

  private static void user(String name, boolean digest) {
    String body =
        "{\"name\":\"%s\",\"password\":\"correct horse\",\"roles\":[\"switch\"],\"digest\":%s}"
            .formatted(name, digest);
    assertThat(admin.post("/api/users", body).status()).isEqualTo(201);
  }

  private static String file(String body) {
    try {
      return Files.writeString(Files.createTempFile(files, "body", ""), body).toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path path(String name) {
    return files.resolve(name);
  }

  private static String[] certificate(String name) {
    return new String[] {
      "--cacert",
      "" + path("ca.pem"),
      "--cert",
      "" + path(name + ".pem"),
      "--key",
      "" + path(name + ".key")
    };
  }

  /** An authority, the server's certificate and two clients', by OpenSSL. */
  private static void certificates() throws IOException, InterruptedException {
    Path script = files.resolve("certificates.sh");
    Files.writeString(
        script,
        """
        set -e
        cd "$1"
        openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=Some Authority" -keyout ca.key -out ca.pem
        for name in localhost pbx stranger; do
          openssl req -newkey rsa:2048 -nodes -subj "/O=Some/CN=$name" -keyout $name.key -out $name.csr
          printf 'subjectAltName=DNS:localhost' > ext
          openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile ext -out $name.pem
        done
        openssl pkcs12 -export -in localhost.pem -inkey localhost.key -name waybill -passout "pass:$2" -out server.p12
        """);
    Process made =
        new ProcessBuilder("bash", script.toString(), files.toString(), STORE_PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(files.resolve("certificates.log").toFile())
            .start();
    assertThat(made.waitFor()).as(files.resolve("certificates.log").toString()).isZero();
  }
}
