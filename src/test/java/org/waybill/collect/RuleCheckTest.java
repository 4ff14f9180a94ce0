package org.waybill.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleCheckTest {
  private final RuleCheck check = new RuleCheck(Clock.systemUTC());

  @Test
  void holdsTheFieldsOfARuleToWhatThoseOfADocumentAreHeldTo() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("rmDispStoreItems", "101");
    fields.put("rmTaskPriority", "soon");
    fields.put("1st", "x");
    fields.put("Body", "bell \u0007");
    assertThat(check.broken("CDRToSGAPI", fields))
        .containsExactly(
            "'1st' must be a letter or '_', followed by letters, digits, '_', '.' or '-', to be the"
                + " name of an element.",
            "Body holds a character that XML forbids.",
            "rmDispStoreItems must be a whole number from 0 to 100, but is '101'.",
            "rmTaskPriority must be low, medium or high, but is 'soon'.");
  }

  @Test
  void leavesTheFieldsOfOtherTypesAlone() {
    assertThat(check.broken("SendEmail", Map.of("rmDispStoreItems", "many", "Body", "é 😀\r\n\t")))
        .isEmpty();
  }
}
