package org.waybill.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row of {@code users}. */
@Entity
@Table(name = "users")
class UserEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Integer id;

  private String name = "";

  @Column(name = "password_hash")
  private String passwordHash = "";

  @Column(name = "digest_sha256")
  private @Nullable String digestSha256;

  @Column(name = "digest_md5")
  private @Nullable String digestMd5;

  private String roles = "";
  private boolean active = true;

  protected UserEntity() {}

  UserEntity(String name, String passwordHash, Set<String> roles) {
    this.name = name;
    this.passwordHash = passwordHash;
    this.roles = Words.join(roles);
  }

  void passwordHash(String hash) {
    passwordHash = hash;
  }

  void digest(@Nullable StoredDigest digest) {
    digestSha256 = digest == null ? null : digest.sha256();
    digestMd5 = digest == null ? null : digest.md5();
  }

  void roles(Set<String> given) {
    roles = Words.join(given);
  }

  void active(boolean given) {
    active = given;
  }

  User values() {
    StoredDigest digest =
        digestSha256 == null || digestMd5 == null
            ? null
            : new StoredDigest(digestSha256, digestMd5);
    return new User(id == null ? 0 : id, name, Words.split(roles), active, passwordHash, digest);
  }
}
