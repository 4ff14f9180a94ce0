package org.waybill.call.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.call.feed.PageCutter.Cut;

class PageCutterTest {
  @Test
  void cutsBothShapesAndLeavesItemsAsTheyCame() {
    String items = "[ {\"a\": \"],}\\\"\", \"b\":[1,{}]} ,\n{ }, 17, \"x,y\" ]";
    List<String> cut = List.of("{\"a\": \"],}\\\"\", \"b\":[1,{}]}", "{ }", "17", "\"x,y\"");

    assertThat(PageCutter.cut(items)).isEqualTo(new Cut.Whole(new Page(cut, false, null)));
    assertThat(
            PageCutter.cut(
                "\uFEFF{\"next_cursor\": 12, \"more\":{\"a\":[1]}, \"results\":" + items + "}"))
        .isEqualTo(new Cut.Whole(new Page(cut, true, 12L)));
    assertThat(PageCutter.cut("{\"results\":[],\"next_cursor\":null}"))
        .isEqualTo(new Cut.Whole(new Page(List.of(), true, null)));
    assertThat(PageCutter.cut(" [ ] ")).isEqualTo(new Cut.Whole(new Page(List.of(), false, null)));
  }

  @Test
  void takesACursorThatIsNoNumberForNone() {
    assertThat(PageCutter.cut("{\"results\":[],\"next_cursor\":{\"id\":1}}"))
        .isEqualTo(new Cut.Whole(new Page(List.of(), true, null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[", "[{\"a\":1}", "[{\"a\":\"1}]", "[{]", "[1,2", "[1]x", "{\"results\":[1,2}"})
  void knowsAPageThatIsCutOffOrBroken(String text) {
    assertThat(PageCutter.cut(text)).isInstanceOf(Cut.Broken.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "17", "{}", "{\"detail\":\"no\"}", "{\"results\":{}}"})
  void knowsWhatIsNoPageAtAll(String text) {
    assertThat(PageCutter.cut(text)).isInstanceOf(Cut.Alien.class);
  }

  @Property(tries = 2_000)
  void comesToAnEndWithAnyText(@ForAll @StringLength(max = 60) String text) {
    assertThat(PageCutter.cut("[" + text)).isNotNull();
    assertThat(PageCutter.cut("{\"results\":[" + text)).isNotNull();
    assertThat(PageCutter.cut("{" + text)).isNotNull();
  }

  @Property(tries = 2_000)
  void comesToAnEndWithAnythingMadeOfBrackets(@ForAll("brackets") String text) {
    assertThat(PageCutter.cut(text)).isNotNull();
  }

  @Provide
  Arbitrary<String> brackets() {
    return Arbitraries.of("{", "}", "[", "]", ":", ",", "\"", "\\", "\"results\"", "1")
        .list()
        .ofMaxSize(20)
        .map(list -> String.join("", list));
  }
}
