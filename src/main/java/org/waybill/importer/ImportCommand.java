package org.waybill.importer;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** {@code java -jar waybill.jar import DIR --url … --key …}. */
public final class ImportCommand {
  private static final String USAGE =
      """
      java -jar waybill.jar import DIR --url URL --key KEY [options]

      Sends each file in DIR, and below it, to a Waybill server. Files in directories called done or
      rejected and those whose names begin with a dot are left out. Repeating it is safe.

        --url URL         the server, such as http://localhost:8080
        --key KEY         an API key with the role switch, as Authorization: Bearer
        --format NAME     what the files are, one document each (freeswitch)
        --connections N   how many are sent at the same time, 1 to 64 (8)
        --retries N       how often one is sent again, with growing pauses, when the server is away
                          or answers 5xx, 408 or 429; 0 to 100 (10)
        --move            move a file to done/ beside it once it is stored, to rejected/ once it is
                          kept as rejected; others stay
        --help            this

      The exit status is 0 when every file is stored or kept as rejected, 1 when some failed, 2 when
      an argument is wrong.
      """;

  private static final int FAILED = 1;
  private static final int WRONG = 2;

  private ImportCommand() {}

  /**
   * Runs it.
   *
   * @param out for the report
   * @param err for problems, and for a progress bar where someone is watching
   * @return the exit status
   */
  public static int run(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    ImportArguments parsed = ImportArguments.parse(arguments);
    if (!parsed.problems().isEmpty()) {
      parsed.problems().forEach(err::println);
      err.println("import --help says how it is used.");
      return WRONG;
    }
    try {
      Tally tally = new Import(parsed.plan(), err).run();
      out.print(tally.report());
      return tally.isComplete() ? 0 : FAILED;
    } catch (IOException e) {
      err.println("WB-IMPORT-01 The directory cannot be read: " + e);
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }
}
