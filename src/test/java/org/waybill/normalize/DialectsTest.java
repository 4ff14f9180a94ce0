package org.waybill.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.waybill.access.Organizations;
import org.waybill.normalize.asterisk.AsteriskDialect;
import org.waybill.normalize.freeswitch.FreeSwitchDialect;

class DialectsTest {
  private static final Organizations ORGANIZATIONS = SomeOrganizations.stored();
  private static final Dialect ASTERISK = new AsteriskDialect(ORGANIZATIONS, Clock.systemUTC());
  private static final Dialect FREESWITCH = new FreeSwitchDialect(ORGANIZATIONS, Clock.systemUTC());

  private final Dialects dialects = new Dialects(List.of(ASTERISK, FREESWITCH));

  @Test
  void findsADialectByItsName() {
    assertThat(dialects.find("asterisk")).containsSame(ASTERISK);
    assertThat(dialects.find("freeswitch")).containsSame(FREESWITCH);
  }

  @Test
  void findsNoneThatDoesNotCallItselfSo() {
    assertThat(dialects.find("FreeSwitch")).isEmpty();
    assertThat(dialects.find("cucm")).isEmpty();
  }
}
