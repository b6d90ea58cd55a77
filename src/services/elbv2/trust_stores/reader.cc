#include "services/elbv2/trust_stores/reader.h"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#include "crypto/digest.h"
#include "services/elbv2/trust_stores/revocation.h"
#include "services/elbv2/trust_stores/serials.h"
#include "services/elbv2/trust_stores/trust_store.h"
#include "x509/certificate.h"
#include "x509/serial_number.h"

namespace everseal::elbv2::trust_stores {
namespace {

// Serial numbers one after the other.
class SerialCursor {
 public:
  virtual ~SerialCursor() = default;
  // To the first, or the next.
  virtual Outcome advance(sql::Snapshot& view) = 0;
  const std::optional<x509::SerialNumber>& current() const { return current_; }

 protected:
  std::optional<x509::SerialNumber> current_;
};

// Those of one CRL, piece by piece.
class CrlCursor final : public SerialCursor {
 public:
  explicit CrlCursor(std::int64_t revocation) : revocation_(revocation) {}

  Outcome advance(sql::Snapshot& view) override {
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
};

// Those of a private CA after the first so many, which come in no order.
class CaCursor final : public SerialCursor {
 public:
  CaCursor(const PrivateCas& cas, std::int64_t number, std::int64_t after)
      : cas_(cas), number_(number), after_(after) {}

  Outcome advance(sql::Snapshot& view) override {
    if (!is_read_) {
      if (const auto read = read_all(view); !read) return read;
    }
    current_ = next_ < serials_.size() ? std::optional(serials_[next_++]) : std::nullopt;
    return {};
  }

 private:
  Outcome read_all(sql::Snapshot& view) {
    is_read_ = true;
    std::optional<Fault> damaged;
    const auto read = cas_.revoked_serials(view, number_, after_, [&](ByteView octets) {
      const auto serial = x509::SerialNumber::from_octets(octets);
      if (serial) {
        serials_.push_back(*serial);
      } else {
        damaged = Fault::broken("a revoked serial number of a CA: " + serial.error().cause);
      }
    });
    if (!read) return read;
    if (damaged) return *damaged;
    std::ranges::sort(serials_);
    return {};
  }

  const PrivateCas& cas_;
  std::int64_t number_;
  std::int64_t after_;
  bool is_read_ = false;
  std::vector<x509::SerialNumber> serials_;
  std::size_t next_ = 0;
};

// Those of one issuer.
using Cursors = std::vector<std::unique_ptr<SerialCursor>>;

std::optional<x509::SerialNumber> lowest(const Cursors& cursors) {
  std::optional<x509::SerialNumber> found;
  for (const auto& cursor : cursors) {
    const auto& serial = cursor->current();
    if (serial && (!found || *serial < *found)) found = serial;
  }
  return found;
}

Outcome advance_those_at(sql::Snapshot& view, Cursors& cursors, const x509::SerialNumber& serial) {
  for (auto& cursor : cursors) {
    if (cursor->current() != serial) continue;
    if (const auto advanced = cursor->advance(view); !advanced) return advanced;
  }
  return {};
}

// Whether to go on.
Result<bool> visit_united(sql::Snapshot& view, const IssuerHash& issuer, Cursors& cursors,
                          const std::function<bool(const RevokedEntry&)>& visit) {
  for (auto& cursor : cursors) {
    if (const auto begun = cursor->advance(view); !begun) return begun.error();
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

// Of its certificate, DER.
Result<Bytes> name_of(const PrivateCas::Ca& ca) {
  const auto certificate = x509::Certificate::parse(ca.certificate);
  if (!certificate) return Fault::broken("a CA's certificate: " + certificate.error().cause);
  return to_bytes(certificate->subject().der());
}

Result<std::map<IssuerHash, Cursors>> cursors_of(sql::Snapshot& view, const TrustStore& store,
                                                 const Followed& followed) {
  const auto revocations = all_revocations(view, store);
  if (!revocations) return revocations.error();
  std::map<IssuerHash, Cursors> by_issuer;
  for (const auto& revocation : *revocations) {
    by_issuer[issuer_hash(revocation.issuer)].push_back(
        std::make_unique<CrlCursor>(revocation.number));
  }
  const auto ca = followed.ca_of(view, store);
  if (!ca) return ca.error();
  if (!*ca) return by_issuer;
  const auto issuer = name_of(**ca);
  if (!issuer) return issuer.error();
  by_issuer[issuer_hash(*issuer)].push_back(
      std::make_unique<CaCursor>(*followed.cas(), (*ca)->number, 0));
  return by_issuer;
}

}  // namespace

IssuerHash issuer_hash(ByteView name_der) {
  const auto digest = crypto::sha256(name_der);
  IssuerHash hash{};
  std::copy_n(digest.begin(), hash.size(), hash.begin());
  return hash;
}

Outcome Reader::revoked_entries(sql::Snapshot& view, std::string_view trust_store_arn,
                                const std::function<bool(const RevokedEntry&)>& visit) const {
  const auto store = find_trust_store(view, trust_store_arn);
  if (!store) return store.error();
  if (!*store) return {};
  auto by_issuer = cursors_of(view, **store, followed_);
  if (!by_issuer) return by_issuer.error();
  for (auto& [issuer, cursors] : *by_issuer) {
    const auto goes_on = visit_united(view, issuer, cursors, visit);
    if (!goes_on) return goes_on.error();
    if (!*goes_on) return {};
  }
  return {};
}

Outcome Reader::newly_revoked_by_ca(sql::Snapshot& view, std::string_view trust_store_arn,
                                    std::int64_t known,
                                    const std::function<bool(const RevokedEntry&)>& visit) const {
  const auto store = find_trust_store(view, trust_store_arn);
  if (!store) return store.error();
  if (!*store) return {};
  const auto ca = followed_.ca_of(view, **store);
  if (!ca) return ca.error();
  if (!*ca) return {};
  const auto issuer = name_of(**ca);
  if (!issuer) return issuer.error();
  Cursors of_ca;
  of_ca.push_back(std::make_unique<CaCursor>(*followed_.cas(), (*ca)->number, known));
  const auto visited = visit_united(view, issuer_hash(*issuer), of_ca, visit);
  return visited ? Outcome() : visited.error();
}

Result<std::optional<TrustStoreFacts>> Reader::facts(sql::Snapshot& view,
                                                     std::string_view trust_store_arn) const {
  const auto store = find_trust_store(view, trust_store_arn);
  if (!store) return store.error();
  if (!*store) return std::optional<TrustStoreFacts>();
  auto bundle = followed_.bundle(view, **store);
  if (!bundle) return bundle.error();
  const auto ca = followed_.ca_of(view, **store);
  if (!ca) return ca.error();
  auto revocations = all_revocations(view, **store);
  if (!revocations) return revocations.error();
  TrustStoreFacts facts{.number = (*store)->number,
                        .version = (*store)->version,
                        .revoked_by_ca = 0,
                        .bundle = *std::move(bundle),
                        .revocations = {}};
  for (auto& revocation : *revocations) {
    facts.revocations.push_back({.id = revocation.id,
                                 .issuer_hash = issuer_hash(revocation.issuer),
                                 .issuer = std::move(revocation.issuer),
                                 .this_update = revocation.this_update,
                                 .next_update = revocation.next_update,
                                 .entries = revocation.entries});
  }
  if (!*ca) return std::optional(std::move(facts));
  auto issuer = name_of(**ca);
  if (!issuer) return issuer.error();
  facts.version += (*ca)->version;
  facts.revoked_by_ca = (*ca)->revoked;
  facts.revocations.push_back({.id = 0,
                               .issuer_hash = issuer_hash(*issuer),
                               .issuer = *std::move(issuer),
                               .this_update = {},
                               .next_update = {},
                               .entries = (*ca)->revoked});
  return std::optional(std::move(facts));
}

sql::Subscription Reader::on_change(std::function<void(std::int64_t)> hear) const {
  auto own = database_.listen(change_topic, hear);
  const auto* cas = followed_.cas();
  if (cas == nullptr) return own;
  auto followed = cas->on_change([hear = std::move(hear)] { hear(any_follower); });
  return std::make_shared<std::pair<sql::Subscription, sql::Subscription>>(std::move(own),
                                                                           std::move(followed));
}

}  // namespace everseal::elbv2::trust_stores
