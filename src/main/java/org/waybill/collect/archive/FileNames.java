package org.waybill.collect.archive;

/** Which files of an archive are documents. */
final class FileNames {
  private FileNames() {}

  /** Not those that desktops hide in archives, such as {@code .DS_Store} and {@code ._a.xml}. */
  static boolean isDocument(String name) {
    return !name.isEmpty()
        && !name.endsWith("/")
        && !name.substring(name.lastIndexOf('/') + 1).startsWith(".");
  }
}
