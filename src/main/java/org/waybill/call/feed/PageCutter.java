package org.waybill.call.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an answer into its items without understanding them, so that each is kept as it came, and
 * one that is broken costs no other. Two shapes are in use: a bare array, and an object with {@code
 * results} and {@code next_cursor}.
 */
final class PageCutter {
  private static final Pattern CURSOR = Pattern.compile("\"?([0-9]{1,18})\"?");

  private final String text;
  private int at;

  private PageCutter(String text) {
    this.text = text;
  }

  /** What an answer turned out to be. */
  sealed interface Cut {
    record Whole(Page page) implements Cut {}

    /** Items begin, but one of them is so broken that its end cannot be seen. */
    record Broken(String why) implements Cut {}

    /** Nothing of a feed at all. */
    record Alien(String why) implements Cut {}
  }

  static Cut cut(String text) {
    PageCutter cutter = new PageCutter(text);
    return switch (cutter.next()) {
      case '[' -> cutter.bare();
      case '{' -> cutter.wrapped();
      default -> new Cut.Alien("is no JSON array or object");
    };
  }

  private Cut bare() {
    List<String> items = elements();
    return items == null || next() != 0 ? broken() : new Cut.Whole(new Page(items, false, null));
  }

  private Cut wrapped() {
    List<String> results = null;
    Long cursor = null;
    at++;
    while (next() == '"') {
      String name = slice();
      if (next() != ':') {
        break;
      }
      at++;
      if (name.equals("\"results\"") && next() == '[') {
        results = elements();
        if (results == null) {
          return broken();
        }
      } else {
        String value = slice();
        cursor = name.equals("\"next_cursor\"") ? cursor(value) : cursor;
      }
      if (next() == ',') {
        at++;
      }
    }
    if (results == null) {
      return new Cut.Alien("is a JSON object without an array results");
    }
    return next() == '}' ? new Cut.Whole(new Page(results, true, cursor)) : broken();
  }

  /** What is no number is no cursor: then the last id is one. */
  private static @Nullable Long cursor(String value) {
    var matcher = CURSOR.matcher(value);
    return matcher.matches() ? Long.valueOf(matcher.group(1)) : null;
  }

  /** Null when the array does not end. */
  private @Nullable List<String> elements() {
    List<String> elements = new ArrayList<>();
    at++;
    while (next() != ']') {
      String element = slice();
      if (next() == 0) {
        return null;
      }
      elements.add(element);
      if (next() == ',') {
        at++;
      } else if (next() != ']') {
        return null;
      }
    }
    at++;
    return elements;
  }

  /** Up to the comma, colon or bracket that ends a value, by brackets and quotation marks alone. */
  private String slice() {
    next();
    int begin = at;
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        skipString();
        continue;
      }
      if (depth == 0 && (c == ',' || c == ':' || c == ']' || c == '}')) {
        break;
      }
      depth += c == '{' || c == '[' ? 1 : 0;
      depth -= c == '}' || c == ']' ? 1 : 0;
      at++;
    }
    return text.substring(begin, at).strip();
  }

  private void skipString() {
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at + 1, text.length());
  }

  /** The next significant character; NUL at the end. */
  private char next() {
    while (at < text.length() && (text.charAt(at) <= ' ' || text.charAt(at) == '\uFEFF')) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private Cut broken() {
    return new Cut.Broken("is JSON that is broken or cut off near character " + at);
  }
}
