package org.waybill.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.waybill.platform.Entities;
import org.waybill.platform.Snapshot;

/**
 * Owner of {@code api_keys}. A key is 256 random bits, so one round of SHA-256 is enough to keep it
 * secret, and finding a hash in a map tells nothing of a key by how long it takes.
 */
@ApplicationScoped
public class ApiKeys {
  private static final String PREFIX = "wb_";
  private static final int KEY_BYTES = 32;
  private static final Duration MAX_AGE = Duration.ofMillis(900);

  private final Entities entities;
  private final SecureRandom random = new SecureRandom();
  private final Snapshot<Map<String, ApiKey>> byHash;

  @Inject
  public ApiKeys(Entities entities, Clock clock) {
    this.entities = entities;
    this.byHash = new Snapshot<>("API keys", clock, MAX_AGE, this::load);
  }

  /** For the proxy of CDI only. */
  @SuppressWarnings("NullAway")
  protected ApiKeys() {
    this.entities = null;
    this.byHash = null;
  }

  /**
   * A new key.
   *
   * @param key the secret itself, shown this once
   */
  public record Issued(String key, ApiKey values) {
    @Override
    public String toString() {
      return "key " + values.name();
    }
  }

  public Issued issue(String name, Set<String> roles, Set<Integer> organizations, String who) {
    String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
    ApiKeyEntity row = new ApiKeyEntity(name, Digests.sha256(bytes(key)), roles, organizations);
    ApiKey values =
        entities.transact(
            manager -> {
              manager.persist(row);
              manager.flush();
              ApiKey issued = row.values();
              String detail = "roles " + issued.roles() + ", organizations " + organizations;
              Audit.record(
                  manager, new Audit.Entry(who, "key.issue", subject(issued), null, detail));
              return issued;
            });
    byHash.drop();
    return new Issued(key, values);
  }

  /** From then on it opens nothing; false when there is none. */
  public boolean revoke(int id, String who) {
    boolean revoked =
        entities.transact(
            manager -> {
              ApiKeyEntity row = manager.find(ApiKeyEntity.class, id);
              if (row == null) {
                return false;
              }
              manager.remove(row);
              Audit.record(
                  manager, new Audit.Entry(who, "key.revoke", subject(row.values()), null, null));
              return true;
            });
    byHash.drop();
    return revoked;
  }

  public List<ApiKey> all() {
    return byHash.get().values().stream().sorted(Comparator.comparing(ApiKey::id)).toList();
  }

  /** Whose key this is. */
  Optional<Caller> callerOf(String key) {
    if (!key.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String hash = HexFormat.of().formatHex(Digests.sha256(bytes(key)));
    return Optional.ofNullable(byHash.get().get(hash)).map(ApiKey::caller);
  }

  /** Whose key has this name, where exactly one has. */
  Optional<Caller> callerNamed(String name) {
    List<ApiKey> named = all().stream().filter(key -> key.name().equals(name)).toList();
    return named.size() == 1 ? Optional.of(named.get(0).caller()) : Optional.empty();
  }

  private Map<String, ApiKey> load() {
    return entities.transact(
        manager -> {
          Map<String, ApiKey> keys = new HashMap<>();
          for (ApiKeyEntity row :
              manager
                  .createQuery("SELECT k FROM ApiKeyEntity k", ApiKeyEntity.class)
                  .getResultList()) {
            if (row.isActive()) {
              keys.put(HexFormat.of().formatHex(row.hash()), row.values());
            }
          }
          return keys;
        });
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static String subject(ApiKey key) {
    return "key " + key.id() + " (" + key.name() + ")";
  }
}
