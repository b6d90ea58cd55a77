#include "aws/session/grant.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace everseal::aws::session {
namespace {

// Format (1), then the members in order: moments in milliseconds (8), counts (2) before lists,
// lengths (2) before texts, flags (1). Big-endian.
constexpr std::uint8_t format = 1;

class Writer {
 public:
  void number(std::uint64_t value, int octets) {
    for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
      octets_.push_back(static_cast<std::uint8_t>(value >> static_cast<unsigned>(shift)));
    }
  }
  void flag(bool value) { number(value ? 1 : 0, 1); }
  void time(TimePoint value) { number(static_cast<std::uint64_t>(to_millis(value)), 8); }
  void count(std::size_t value) { number(value, 2); }
  void text(ByteView value) {
    count(value.size());
    octets_.insert(octets_.end(), value.begin(), value.end());
  }
  void text(std::string_view value) { text(as_bytes(value)); }
  void make_room(std::size_t octets) { octets_.reserve(octets_.size() + octets); }
  Bytes take() { return std::move(octets_); }

 private:
  Bytes octets_;
};

// Once something is wrong, everything that follows is empty, and `is_whole` says no.
class Reader {
 public:
  explicit Reader(ByteView octets) : rest_(octets) {}

  std::uint64_t number(std::size_t octets) {
    std::uint64_t value = 0;
    for (const std::uint8_t octet : taken(octets)) value = value << 8U | octet;
    return value;
  }
  bool flag() {
    const auto value = number(1);
    if (value > 1) fail();
    return value == 1;
  }
  TimePoint time() { return from_millis(static_cast<std::int64_t>(number(8))); }
  std::size_t count() { return static_cast<std::size_t>(number(2)); }
  ByteView octets() { return taken(count()); }
  std::string text() { return std::string(as_text(octets())); }
  bool failed() const { return failed_; }
  bool is_whole() const { return !failed_ && rest_.empty(); }

 private:
  void fail() {
    failed_ = true;
    rest_ = {};
  }
  ByteView taken(std::size_t octets) {
    if (octets > rest_.size()) {
      fail();
      return {};
    }
    const auto front = rest_.first(octets);
    rest_ = rest_.subspan(octets);
    return front;
  }

  ByteView rest_;
  bool failed_ = false;
};

Grant read_grant(Reader& reader) {
  Grant grant;
  grant.holder_id = reader.text();
  grant.session_name = reader.text();
  grant.issued_at = reader.time();
  grant.expires_at = reader.time();
  if (reader.flag()) grant.policy = reader.text();
  for (auto left = reader.count(); left > 0 && !reader.failed(); --left) {
    grant.policy_arns.push_back(reader.text());
  }
  for (auto left = reader.count(); left > 0 && !reader.failed(); --left) {
    auto key = reader.text();
    auto value = reader.text();
    grant.tags.push_back({std::move(key), std::move(value), reader.flag()});
  }
  grant.source_identity = reader.text();
  return grant;
}

}  // namespace

SecretBytes encode(const Grant& grant, const SecretBytes& secret) {
  Writer writer;
  writer.number(format, 1);
  writer.text(grant.holder_id);
  writer.text(grant.session_name);
  writer.time(grant.issued_at);
  writer.time(grant.expires_at);
  writer.flag(grant.policy.has_value());
  if (grant.policy) writer.text(*grant.policy);
  writer.count(grant.policy_arns.size());
  for (const auto& arn : grant.policy_arns) writer.text(arn);
  writer.count(grant.tags.size());
  for (const Tag& tag : grant.tags) {
    writer.text(tag.key);
    writer.text(tag.value);
    writer.flag(tag.is_transitive);
  }
  writer.text(grant.source_identity);
  writer.make_room(2 + secret.size());  // growing would leave a copy behind
  writer.text(secret.reveal());
  return SecretBytes(writer.take());
}

std::optional<GrantWithSecret> decode(ByteView octets) {
  Reader reader(octets);
  if (reader.number(1) != format) return std::nullopt;
  auto grant = read_grant(reader);
  auto secret = SecretBytes::copy_of(reader.octets());
  if (!reader.is_whole()) return std::nullopt;
  return GrantWithSecret{std::move(grant), std::move(secret)};
}

}  // namespace everseal::aws::session
