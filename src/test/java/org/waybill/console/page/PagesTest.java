package org.waybill.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.waybill.access.Caller;
import org.waybill.access.Role;
import org.waybill.platform.Problem;
import org.waybill.report.CdrLine;
import org.waybill.report.TaskLine;

class PagesTest {
  private static final UUID CDR = UUID.fromString("0a1b2c3d-0000-4000-8000-000000000001");

  @Test
  void showsWhatCallersSayAsTextAndNothingElse() {
    String page = cdrs(list(cdr("<script>alert(1)</script>")));
    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert");
  }

  @Test
  void hasNothingInlineThatThePolicyForbids() {
    for (String page :
        List.of(cdrs(list(cdr("1"))), login("Nobody has this name and password."), problem())) {
      assertThat(page)
          .doesNotContainPattern("<script(?![^>]* src=)")
          .doesNotContainPattern("\\s(on[a-z]+|style)=")
          .doesNotContain("<style")
          .doesNotContain("javascript:")
          .doesNotContainPattern("(src|href)=\"(https?:)?//");
    }
  }

  @Test
  void saysTheTimeInUtcUntilAScriptKnowsBetter() {
    assertThat(cdrs(list(cdr("1"))))
        .contains("<time datetime=\"2026-11-21T10:00:00Z\"")
        .contains("2026-11-21 10:00:00 UTC</time>");
  }

  @Test
  void leadsOnToTheNextPageWithTheSameFilter() {
    Query query = new Query("/cdrs", Map.of("callingNumber", "+33*"));
    String page = cdrs(new Listing<>(query, List.of(cdr("1")), "abc", List.of()));
    assertThat(page)
        .contains("href=\"/cdrs?callingNumber=%2B33*&amp;cursor=abc\"")
        .contains("href=\"/cdrs.csv?callingNumber=%2B33*\"")
        .contains("value=\"+33*\"");
  }

  @Test
  void saysWhatIsWrongWithAParameterBesideIt() {
    Query query = new Query("/cdrs", Map.of("orgId", "x"));
    List<Problem.Violation> wrong = List.of(new Problem.Violation("orgId", "It must be a number."));
    Listing<CdrLine> list = Listing.wrong(query, wrong);
    assertThat(list.status()).isEqualTo(400);
    assertThat(cdrs(list)).contains("aria-invalid=\"true\"").contains("It must be a number.");
  }

  @Test
  void offersActsOnlyToThoseWhoMayDoThem() {
    Listing<TaskLine> none =
        new Listing<>(new Query("/tasks", Map.of()), List.of(), null, List.of());
    assertThat(tasks(frame(Role.OPERATOR), none)).contains("/tasks/rerun");
    assertThat(tasks(frame(Role.READER), none)).doesNotContain("/tasks/rerun");
  }

  @Test
  void sendsTheProofAlongWithEveryFormOfASession() {
    String page =
        tasks(
            frame(Role.OPERATOR),
            new Listing<>(new Query("/tasks", Map.of()), List.of(), null, List.of()));
    assertThat(page.split("method=\"post\"", -1).length)
        .isEqualTo(page.split("name=\"proof\" value=\"PROOF\"", -1).length)
        .isGreaterThan(1);
  }

  @Test
  void makesOfAFormWhatTheCallTakes() {
    MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
    fields.putSingle("name", " Harbour ");
    fields.putSingle("tenant", "");
    fields.putSingle("id", "1002");
    fields.putSingle("rate", "x");
    fields.putSingle("domains", "a.example,  b.example");
    fields.putSingle("when", "call_direction = inbound\n\nname=a=b");
    Form form = new Form(fields);
    String json =
        form.texts("name", "tenant")
            .number("id")
            .number("rate")
            .list("domains", form.several("domains"))
            .pairs("when", form.orEmpty("when"))
            .flag("active")
            .json();
    assertThat(json)
        .isEqualTo(
            "{\"name\":\"Harbour\",\"id\":1002,\"rate\":\"x\",\"domains\":[\"a.example\",\"b.example\"],"
                + "\"when\":{\"call_direction\":\"inbound\",\"name\":\"a=b\"},\"active\":false}");
  }

  @Test
  void laysOutXmlThatHasNoLines() {
    assertThat(XmlLayout.of("<a><b>1 &lt; 2</b><c/><d><e>x</e></d><f></f></a>"))
        .isEqualTo(
            """
            <a>
              <b>1 &lt; 2</b>
              <c/>
              <d>
                <e>x</e>
              </d>
              <f></f>
            </a>""");
    assertThat(XmlLayout.of("<a>\n<b/></a>")).isEqualTo("<a>\n<b/></a>");
  }

  @Test
  void tellsANoticeOnceAsItWasGiven() {
    Notice notice = Notice.refused("Größe: 3 > 2");
    assertThat(Notice.read(notice.written())).hasValue(notice);
    assertThat(Notice.read("gnot base 64!")).isEmpty();
    assertThat(Notice.read(null)).isEmpty();
  }

  @Test
  void namesAssetsByTheirContent() {
    assertThat(Asset.STYLE.name()).matches("waybill\\.[0-9a-f]{12}\\.css");
    assertThat(Asset.named(Asset.HTMX.name())).hasValue(Asset.HTMX);
    assertThat(Asset.named("waybill.000000000000.css")).isEmpty();
  }

  @Test
  void writesSpansAsPeopleSayThem() {
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    assertThat(Show.age(now.minusSeconds(59), now)).isEqualTo("59 s");
    assertThat(Show.age(now.minusSeconds(125), now)).isEqualTo("2 min 5 s");
    assertThat(Show.age(now.minusSeconds(7_500), now)).isEqualTo("2 h 5 min");
    assertThat(Show.age(now.minusSeconds(180_000), now)).isEqualTo("2 d 2 h");
    assertThat(Show.number(80_000)).isEqualTo("80,000");
  }

  private static String cdrs(Listing<CdrLine> list) {
    Frame frame = frame(Role.READER);
    return Page.text(
        (output, forms) -> JtecdrsGenerated.render(output, forms, frame, list, List.of()));
  }

  private static String tasks(Frame frame, Listing<TaskLine> list) {
    return Page.text(
        (output, forms) -> JtetasksGenerated.render(output, forms, frame, list, List.of()));
  }

  private static String login(String problem) {
    Frame frame = new Frame("Sign in", null, null, null, "dark", "/login", null);
    LoginPage.Fields fields = new LoginPage.Fields("ann", "/tasks", null, problem);
    return Page.text((output, forms) -> JteloginGenerated.render(output, forms, frame, fields));
  }

  private static String problem() {
    Frame frame = frame(Role.READER);
    return Page.text(
        (output, forms) -> JteproblemGenerated.render(output, forms, frame, 404, "Not here."));
  }

  private static Frame frame(String role) {
    Caller ann = new Caller("ann", Set.of(role), Set.of());
    return new Frame("CDRs", Section.CDRS, ann, "PROOF", null, "/cdrs", Notice.done("Done."));
  }

  private static Listing<CdrLine> list(CdrLine... lines) {
    return new Listing<>(new Query("/cdrs", Map.of()), List.of(lines), null, List.of());
  }

  private static CdrLine cdr(String callingNumber) {
    Instant start = Instant.parse("2026-11-21T10:00:00Z");
    return new CdrLine(
        1,
        CDR,
        start.getEpochSecond(),
        "20261121",
        1001,
        "cdr",
        start,
        callingNumber,
        "200",
        "inbound",
        "NORMAL_CLEARING",
        61);
  }
}
