package org.waybill.console.page;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The address of a list: what its filter bar shows, and where its links lead. */
record Query(String path, Map<String, String> parameters) {
  private static final Set<String> PAGING = Set.of("cursor", "limit");

  static Query of(UriInfo uri) {
    Map<String, String> parameters = new LinkedHashMap<>();
    uri.getQueryParameters()
        .forEach(
            (name, values) -> {
              if (!values.get(0).isEmpty()) {
                parameters.put(name, values.get(0));
              }
            });
    return new Query(uri.getAbsolutePath().getPath(), parameters);
  }

  @Nullable String value(String name) {
    return parameters.get(name);
  }

  boolean has(String name, String value) {
    return value.equals(parameters.get(name));
  }

  boolean isFiltered() {
    return parameters.keySet().stream().anyMatch(name -> !PAGING.contains(name));
  }

  /** Whether this is a page behind the first. */
  boolean goesOn() {
    return parameters.containsKey("cursor");
  }

  /** The first page of the same list with another value; null leaves the parameter out. */
  String with(String name, @Nullable String value) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    changed.remove("cursor");
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return address(path, changed);
  }

  /** The same parameters at another address. */
  String at(String other) {
    Map<String, String> filter = new LinkedHashMap<>(parameters);
    filter.keySet().removeAll(PAGING);
    return address(other, filter);
  }

  /** The same without some of its parameters. */
  Query without(String... names) {
    Map<String, String> fewer = new LinkedHashMap<>(parameters);
    fewer.keySet().removeAll(Set.of(names));
    return new Query(path, fewer);
  }

  String first() {
    return with("cursor", null);
  }

  /** What is asked for, as calls take it in a body. */
  JsonObjectBuilder filter() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    parameters.forEach(
        (name, value) -> {
          if (!PAGING.contains(name)) {
            json.add(name, value);
          }
        });
    return json;
  }

  private static String address(String path, Map<String, String> parameters) {
    if (parameters.isEmpty()) {
      return path;
    }
    return parameters.entrySet().stream()
        .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
        .collect(Collectors.joining("&", path + "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
