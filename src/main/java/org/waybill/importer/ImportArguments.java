package org.waybill.importer;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The arguments of the command, and all that is wrong with them at once. */
final class ImportArguments {
  private static final Set<String> OPTIONS =
      Set.of("--url", "--key", "--format", "--connections", "--retries");
  private static final String MOVE = "--move";
  private static final int MOST_CONNECTIONS = 64;
  private static final int MOST_RETRIES = 100;

  private final List<String> problems = new ArrayList<>();
  private final List<String> directories = new ArrayList<>();
  private final Map<String, String> options =
      new HashMap<>(Map.of("--format", "freeswitch", "--connections", "8", "--retries", "10"));
  private boolean move;

  private ImportArguments() {}

  static ImportArguments parse(List<String> arguments) {
    ImportArguments parsed = new ImportArguments();
    Iterator<String> left = arguments.iterator();
    while (left.hasNext()) {
      parsed.take(left.next(), left);
    }
    parsed.check();
    return parsed;
  }

  /** One sentence each. */
  List<String> problems() {
    return problems;
  }

  /** Only where there are no problems. */
  ImportPlan plan() {
    return new ImportPlan(
        Path.of(directories.get(0)),
        URI.create(option("--url").replaceAll("/+$", "")),
        option("--key"),
        option("--format"),
        Integer.parseInt(option("--connections")),
        Integer.parseInt(option("--retries")),
        move);
  }

  private void take(String argument, Iterator<String> left) {
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    if (argument.equals(MOVE)) {
      move = true;
    } else if (!argument.startsWith("-")) {
      directories.add(argument);
    } else if (!OPTIONS.contains(name)) {
      problems.add(name + " is not an option of import; remove it.");
    } else if (equals >= 0) {
      options.put(name, argument.substring(equals + 1));
    } else if (left.hasNext()) {
      options.put(name, left.next());
    } else {
      problems.add(name + " needs a value behind it.");
    }
  }

  private void check() {
    if (directories.size() != 1) {
      problems.add("Name one directory to import from; " + directories.size() + " are named.");
    }
    for (String directory : directories) {
      if (!Files.isDirectory(Path.of(directory)) || !Files.isReadable(Path.of(directory))) {
        problems.add(directory + " is not a directory that can be read; name one.");
      }
    }
    if (!isServer(option("--url"))) {
      problems.add("--url must be the server's address, such as http://localhost:8080.");
    }
    if (!option("--key").matches("[!-~]+")) {
      problems.add("--key must be an API key with the role switch, such as wb_….");
    }
    if (!option("--format").matches("[a-z0-9-]+")) {
      problems.add("--format must be the name of a format, such as freeswitch.");
    }
    wholeNumber("--connections", 1, MOST_CONNECTIONS);
    wholeNumber("--retries", 0, MOST_RETRIES);
  }

  private void wholeNumber(String name, int least, int most) {
    String text = option(name);
    int value = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    if (value < least || value > most) {
      problems.add(name + " must be a whole number from " + least + " to " + most + ".");
    }
  }

  private String option(String name) {
    return options.getOrDefault(name, "");
  }

  private static boolean isServer(String text) {
    try {
      URI uri = new URI(text);
      return Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getQuery() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
