#pragma once

#include <string_view>

#include "encoding/bytes.h"

namespace everseal {

// Octets that must not be seen: private keys, passphrases, the secrets of access keys. They are
// wiped when they end or move; there is no copy, no comparison and no formatter. A review searches
// for reveal().
class SecretBytes {
 public:
  SecretBytes() = default;
  // Takes the octets over; the caller's vector is left empty.
  explicit SecretBytes(Bytes&& octets) noexcept;
  // Copies; whoever owns the source wipes it.
  static SecretBytes copy_of(ByteView octets);
  static SecretBytes copy_of(std::string_view text) { return copy_of(as_bytes(text)); }

  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes();

  bool operator==(const SecretBytes&) const = delete;

  ByteView reveal() const { return octets_; }
  std::string_view reveal_text() const { return as_text(octets_); }
  std::size_t size() const { return octets_.size(); }
  bool empty() const { return octets_.empty(); }

 private:
  void wipe() noexcept;
  Bytes octets_;
};

// Overwrites memory in a way the compiler keeps.
void wipe(std::span<std::uint8_t> octets) noexcept;
void wipe(std::string& text) noexcept;

// Whether both are equal, in a time that depends on their lengths only.
bool equal_in_constant_time(ByteView left, ByteView right);

}  // namespace everseal
