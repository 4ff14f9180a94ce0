package org.waybill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The queries that a request makes, by the database's own log of them, and their plans. */
final class Statements {
  /** Such as {@code 261121 18:00:01\t 12 Query\tSELECT ...}; what does not begin so goes on. */
  private static final Pattern HEAD = Pattern.compile("^[^\\t]*\\t\\s*\\d+ (\\w+)\\t?(.*)$");

  private static final long IDLE_MILLIS = 6_000;

  private final DatabaseShell shell;
  private final Path log;
  private final Set<String> background = new HashSet<>();

  /** Something that makes queries. */
  @FunctionalInterface
  interface Request {
    void make() throws IOException, InterruptedException;
  }

  Statements(DatabaseShell shell) throws IOException, InterruptedException {
    this.shell = shell;
    this.log = Files.createTempFile("statements", ".log");
    shell.run("SET GLOBAL log_output = 'FILE', GLOBAL general_log_file = '" + log + "'");
    for (String statement : logged(() -> Thread.sleep(IDLE_MILLIS))) {
      background.add(shape(statement));
    }
  }

  /** Each query behind a request, and its plan with the rows that were read. */
  String behind(Request request) throws IOException, InterruptedException {
    StringBuilder plans = new StringBuilder();
    Set<String> seen = new HashSet<>(background);
    for (String statement : logged(request)) {
      if (statement.startsWith("SELECT")
          && !statement.startsWith("SELECT @@")
          && seen.add(shape(statement))) {
        plans.append("```sql\n").append(statement).append("\n```\n");
        if (!statement.contains("FOR UPDATE")) {
          plans.append("```\n").append(shell.run("ANALYZE " + statement)).append("```\n");
        }
      }
    }
    return plans.toString();
  }

  private List<String> logged(Request request) throws IOException, InterruptedException {
    Files.writeString(log, "");
    shell.run("SET GLOBAL general_log = 1");
    request.make();
    shell.run("SET GLOBAL general_log = 0");
    List<String> statements = new ArrayList<>();
    boolean query = false;
    for (String line : Files.readAllLines(log)) {
      var head = HEAD.matcher(line);
      if (head.matches()) {
        query = head.group(1).equals("Query");
        if (query) {
          statements.add(head.group(2).strip());
        }
      } else if (query && !line.isBlank()) {
        int last = statements.size() - 1;
        statements.set(last, statements.get(last) + "\n" + line);
      }
    }
    return statements;
  }

  private static String shape(String statement) {
    return statement.replaceAll("\\d+|'[^']*'", "?");
  }
}
