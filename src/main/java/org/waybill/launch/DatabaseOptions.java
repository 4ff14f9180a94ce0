package org.waybill.launch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the embedded MariaDB runs; docs/operator.md lists them for those who run their own. */
final class DatabaseOptions {
  private static final long MEGABYTE = 1024L * 1024;
  private static final long LEAST_BUFFER = 128;
  private static final long MOST_BUFFER = 4096;

  /** An eighth for the database leaves room for the JVM, which takes a quarter, and page cache. */
  private static final long SHARE_OF_MEMORY = 8;

  private DatabaseOptions() {}

  static List<String> all(Path setUp, Path pidFile) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--skip-ssl",
                "--init-file=" + setUp,
                "--pid-file=" + pidFile,
                "--character-set-server=utf8mb4",
                "--transaction-isolation=READ-COMMITTED",
                "--innodb-flush-log-at-trx-commit=1",
                "--innodb-buffer-pool-size=" + bufferMegabytes() + "M",
                "--innodb-log-file-size=256M",
                "--max-connections=250",
                // Every day partition is a file; hundreds of them times five tables.
                "--open-files-limit=65535",
                "--table-open-cache=4000",
                "--innodb-open-files=8000",
                "--max-allowed-packet=256M"));
    if ("root".equals(System.getProperty("user.name"))) {
      options.add("--user=root");
    }
    return options;
  }

  private static long bufferMegabytes() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long share = system.getTotalMemorySize() / MEGABYTE / SHARE_OF_MEMORY;
    return Math.max(LEAST_BUFFER, Math.min(MOST_BUFFER, share));
  }
}
