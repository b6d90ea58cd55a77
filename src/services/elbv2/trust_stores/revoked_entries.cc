#include "services/elbv2/trust_stores/revoked_entries.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "crypto/digest.h"
#include "services/elbv2/trust_stores/revocation.h"
#include "services/elbv2/trust_stores/serials.h"
#include "services/elbv2/trust_stores/trust_store.h"
#include "x509/serial_number.h"

namespace everseal::elbv2::trust_stores {
namespace {

// The serial numbers of one CRL, piece by piece.
class SerialCursor {
 public:
  explicit SerialCursor(std::int64_t revocation) : revocation_(revocation) {}

  const std::optional<x509::SerialNumber>& current() const { return current_; }
  Outcome advance(sql::Snapshot& view) {
    for (;;) {
      auto serial = rest_.next();
      if (!serial) return serial.error();
      current_ = *serial;
      if (current_) return {};
      auto piece = serials_of(view, revocation_, position_++);
      if (!piece) return piece.error();
      if (!*piece) return {};
      piece_ = **std::move(piece);
      rest_ = PackedSerials(piece_);
    }
  }

 private:
  std::int64_t revocation_;
  std::int64_t position_ = 0;
  Bytes piece_;
  PackedSerials rest_{ByteView{}};
  std::optional<x509::SerialNumber> current_;
};

// Those of one issuer.
using Cursors = std::vector<SerialCursor>;

std::optional<x509::SerialNumber> lowest(const Cursors& cursors) {
  std::optional<x509::SerialNumber> found;
  for (const auto& cursor : cursors) {
    const auto& serial = cursor.current();
    if (serial && (!found || *serial < *found)) found = serial;
  }
  return found;
}

Outcome advance_those_at(sql::Snapshot& view, Cursors& cursors, const x509::SerialNumber& serial) {
  for (auto& cursor : cursors) {
    if (cursor.current() != serial) continue;
    if (const auto advanced = cursor.advance(view); !advanced) return advanced;
  }
  return {};
}

// Whether to go on.
Result<bool> visit_united(sql::Snapshot& view, const IssuerHash& issuer, Cursors& cursors,
                          const std::function<bool(const RevokedEntry&)>& visit) {
  for (auto& cursor : cursors) {
    if (const auto begun = cursor.advance(view); !begun) return begun.error();
  }
  while (const auto serial = lowest(cursors)) {
    if (!visit({issuer, serial->octets()})) return false;
    if (const auto advanced = advance_those_at(view, cursors, *serial); !advanced) {
      return advanced.error();
    }
  }
  return true;
}

Result<std::vector<Revocation>> all_revocations(sql::Snapshot& view, const TrustStore& store) {
  return list_revocations(view, store.number, 0, std::numeric_limits<std::int64_t>::max());
}

}  // namespace

IssuerHash issuer_hash(ByteView name_der) {
  const auto digest = crypto::sha256(name_der);
  IssuerHash hash{};
  std::copy_n(digest.begin(), hash.size(), hash.begin());
  return hash;
}

Outcome revoked_entries(sql::Snapshot& view, std::string_view trust_store_arn,
                        const std::function<bool(const RevokedEntry&)>& visit) {
  const auto store = find_trust_store(view, trust_store_arn);
  if (!store) return store.error();
  if (!*store) return {};
  const auto revocations = all_revocations(view, **store);
  if (!revocations) return revocations.error();
  std::map<IssuerHash, Cursors> by_issuer;
  for (const auto& revocation : *revocations) {
    by_issuer[issuer_hash(revocation.issuer)].emplace_back(revocation.number);
  }
  for (auto& [issuer, cursors] : by_issuer) {
    const auto goes_on = visit_united(view, issuer, cursors, visit);
    if (!goes_on) return goes_on.error();
    if (!*goes_on) return {};
  }
  return {};
}

Result<std::optional<TrustStoreFacts>> trust_store_facts(sql::Snapshot& view,
                                                         std::string_view trust_store_arn) {
  const auto store = find_trust_store(view, trust_store_arn);
  if (!store) return store.error();
  if (!*store) return std::optional<TrustStoreFacts>();
  auto bundle = bundle_of(view, (*store)->number);
  if (!bundle) return bundle.error();
  auto revocations = all_revocations(view, **store);
  if (!revocations) return revocations.error();
  TrustStoreFacts facts{.number = (*store)->number,
                        .version = (*store)->version,
                        .bundle = *std::move(*bundle),
                        .revocations = {}};
  for (auto& revocation : *revocations) {
    facts.revocations.push_back({.id = revocation.id,
                                 .issuer_hash = issuer_hash(revocation.issuer),
                                 .issuer = std::move(revocation.issuer),
                                 .this_update = revocation.this_update,
                                 .next_update = revocation.next_update,
                                 .entries = revocation.entries});
  }
  return std::optional(std::move(facts));
}

sql::Subscription on_change(sql::Database& database, std::function<void(std::int64_t)> hear) {
  return database.listen(change_topic, std::move(hear));
}

}  // namespace everseal::elbv2::trust_stores
