#pragma once

#include <filesystem>

#include "random/random.h"
#include "result/result.h"
#include "secret/secret.h"

namespace everseal::keys {

// The 32 octets under which everything secret is sealed, raw in a file that only its owner may
// read. Whoever has this file and the database has every key; without it the database's keys are
// lost.
class MasterKey {
 public:
  static constexpr std::size_t octets = 32;

  // A new key in a new file of mode 0600, durable on return. Conflict: the file exists; it stays as
  // it is. Unavailable: it cannot be written.
  static Result<MasterKey> create(const std::filesystem::path& file, Random& random);

  // Each refusal is one sentence for the operator. Unavailable: missing or unreadable. Broken: not
  // a regular file, mode other than 0600 or 0400, not exactly 32 octets.
  static Result<MasterKey> load(const std::filesystem::path& file);

  // For a server that keeps nothing on disk.
  static MasterKey in_memory(Random& random);

  const SecretBytes& secret() const { return secret_; }

 private:
  explicit MasterKey(SecretBytes secret) : secret_(std::move(secret)) {}
  SecretBytes secret_;
};

}  // namespace everseal::keys
