package org.waybill.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Entries as text. What separates them is in no XML document, and so in no task's type. */
final class PackedEntries {
  private static final char FIELD = '\u001f';
  private static final char END = '\u001e';

  private PackedEntries() {}

  static String pack(List<Entry> entries) {
    StringBuilder text = new StringBuilder(entries.size() * 48);
    for (Entry entry : entries) {
      Page page = entry.page();
      text.append(page.day()).append(FIELD).append(page.source()).append(FIELD);
      text.append(page.column()).append(FIELD).append(entry.account().word()).append(FIELD);
      text.append(entry.taskType().replace(FIELD, ' ').replace(END, ' ')).append(FIELD);
      text.append(entry.count()).append(FIELD).append(entry.seconds()).append(END);
    }
    return text.toString();
  }

  static List<Entry> unpack(String text) {
    List<Entry> entries = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf(END, from);
      String[] fields = text.substring(from, end).split(String.valueOf(FIELD), -1);
      entries.add(
          new Entry(
              Page.ofColumns(LocalDate.parse(fields[0]), fields[1], Integer.parseInt(fields[2])),
              Account.ofWord(fields[3]),
              fields[4],
              Long.parseLong(fields[5]),
              Long.parseLong(fields[6])));
      from = end + 1;
    }
    return entries;
  }
}
