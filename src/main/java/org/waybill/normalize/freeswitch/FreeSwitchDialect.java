package org.waybill.normalize.freeswitch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Organizations;
import org.waybill.document.Rules;
import org.waybill.normalize.Dialect;
import org.waybill.normalize.Normalization;
import org.waybill.normalize.Owners;
import org.waybill.normalize.RawDocument;

/** What mod_xml_cdr, mod_json_cdr and mod_format_cdr send. */
@ApplicationScoped
public class FreeSwitchDialect implements Dialect {
  private final FreeSwitchReader reader = new FreeSwitchReader();
  private final Owners owners;
  private final Rules rules;

  @Inject
  public FreeSwitchDialect(Organizations organizations, Clock clock) {
    owners = new Owners(organizations);
    rules = new Rules(clock);
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected FreeSwitchDialect() {
    owners = null;
    rules = null;
  }

  @Override
  public String format() {
    return "freeswitch";
  }

  @Override
  public Normalization normalize(RawDocument raw, Caller caller) {
    FreeSwitchReading reading = reader.read(raw);
    if (reading instanceof FreeSwitchReading.Unreadable unreadable) {
      return new Normalization.Unusable(
          unreadable.fault(), unreadable.violations(), CallIdentity.inUrl(raw.urlUuid()), null);
    }
    FreeSwitchDocument document = ((FreeSwitchReading.Read) reading).document();
    return map(document, raw.urlUuid(), caller);
  }

  /** What becomes of a document that could be read. */
  Normalization map(FreeSwitchDocument document, @Nullable String urlUuid, Caller caller) {
    ChannelVariables variables = ChannelVariables.of(document);
    return new Mapping(document, variables, urlUuid).map(owners, rules, caller);
  }
}
