package org.waybill.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_keys}. */
@Entity
@Table(name = "api_keys")
class ApiKeyEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Integer id;

  private String name = "";

  @Column(name = "key_hash")
  private byte[] hash = {};

  private String roles = "";
  private String organizations = "";
  private boolean active = true;

  protected ApiKeyEntity() {}

  ApiKeyEntity(String name, byte[] hash, Set<String> roles, Set<Integer> organizations) {
    this.name = name;
    this.hash = hash.clone();
    this.roles = Words.join(roles);
    this.organizations = Words.join(organizations);
  }

  byte[] hash() {
    return hash.clone();
  }

  boolean isActive() {
    return active;
  }

  ApiKey values() {
    Set<Integer> ids =
        Words.split(organizations).stream().map(Integer::valueOf).collect(Collectors.toSet());
    return new ApiKey(id == null ? 0 : id, name, Words.split(roles), ids);
  }
}
