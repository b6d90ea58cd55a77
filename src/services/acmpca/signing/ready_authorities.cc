#include "services/acmpca/signing/ready_authorities.h"

#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/signing/revocation_pointers.h"
#include "x509/certificate.h"

namespace everseal::acmpca {

// The kept ones, the one used last in front. A CA that was read before a change and comes after it
// is not kept: `generation` tells.
class ReadyAuthorities::Kept {
 public:
  explicit Kept(std::size_t most) : most_(most) {}

  Found find(std::string_view arn) {
    const std::lock_guard lock(mutex_);
    const auto at = by_arn_.find(arn);
    if (at == by_arn_.end()) return nullptr;
    order_.splice(order_.begin(), order_, at->second);
    return order_.front();
  }

  std::uint64_t generation() {
    const std::lock_guard lock(mutex_);
    return generation_;
  }

  void keep(const Found& ready, std::uint64_t read_in_generation) {
    const std::lock_guard lock(mutex_);
    if (generation_ != read_in_generation) return;
    forget(ready->authority.arn.text());
    order_.push_front(ready);
    by_arn_.emplace(ready->authority.arn.text(), order_.begin());
    if (order_.size() > most_) forget(std::string(order_.back()->authority.arn.text()));
  }

  void changed(std::int64_t id) {
    const std::lock_guard lock(mutex_);
    ++generation_;
    for (const auto& ready : order_) {
      if (ready->authority.id != id) continue;
      return forget(std::string(ready->authority.arn.text()));
    }
  }

 private:
  void forget(std::string_view arn) {
    const auto at = by_arn_.find(arn);
    if (at == by_arn_.end()) return;
    const auto element = at->second;
    by_arn_.erase(at);
    order_.erase(element);
  }

  const std::size_t most_;
  std::mutex mutex_;
  std::uint64_t generation_ = 0;  // this and the next two: guarded by mutex_
  std::list<Found> order_;
  std::unordered_map<std::string_view, std::list<Found>::iterator> by_arn_;  // names in order_
};

namespace {

Fault damaged(const Authority& authority, const Fault& fault) {
  return Fault::broken(authority.arn.text() + ": its certificate: " + fault.cause);
}

Result<issuance::Issuer> certified_issuer(const Authority& authority,
                                          const std::optional<CrlInUse>& crl,
                                          issuance::Issuer::Key key) {
  const auto certificate = x509::Certificate::parse(authority.installed->der);
  if (!certificate) return damaged(authority, certificate.error());
  std::vector<x509::Certificate> chain;
  for (const auto& der : authority.installed->chain) {
    auto above = x509::Certificate::parse(der);
    if (!above) return damaged(authority, above.error());
    chain.push_back(*std::move(above));
  }
  return issuance::Issuer::make(*certificate, chain, std::move(key), pointers_of(authority, crl));
}

// A CA and the list that what it signs belongs to, of one moment.
struct Rows {
  Authority authority;
  std::optional<CrlInUse> crl;
};

Result<std::optional<Rows>> read_of(sql::Snapshot& view, std::string_view arn, TimePoint now,
                                    const Settings& settings) {
  auto authority = find_authority(view, arn, now);
  if (!authority) return std::move(authority).error();
  if (!*authority) return std::optional<Rows>{};
  auto crl = crl_in_use(view, **authority, settings);
  if (!crl) return std::move(crl).error();
  return std::optional(Rows{**std::move(authority), *std::move(crl)});
}

}  // namespace

Result<issuance::Issuer> issuer_of(const Authority& authority, const std::optional<CrlInUse>& crl,
                                   issuance::Issuer::Key key, const Settings& settings) {
  if (!authority.installed) return issuance::Issuer::without_certificate(std::move(key));
  auto issuer = certified_issuer(authority, crl, std::move(key));
  if (issuer && authority.usage_mode == UsageMode::ShortLivedCertificate)
    issuer->limit_validity(settings.short_lived_validity);
  return issuer;
}

ReadyAuthorities::ReadyAuthorities(sql::Database& database, const Clock& clock,
                                   keys::KeyStore& key_store, Settings settings)
    : database_(database),
      clock_(clock),
      key_store_(key_store),
      settings_(settings),
      kept_(std::make_shared<Kept>(settings.kept_ready)),
      changes_(
          database.listen(changed_topic, [kept = kept_](std::int64_t id) { kept->changed(id); })) {}

ReadyAuthorities::~ReadyAuthorities() = default;

Result<ReadyAuthorities::Found> ReadyAuthorities::find(std::string_view arn, From from) {
  if (from == From::Memory) {
    if (auto kept = kept_->find(arn)) return kept;
  }
  const auto generation = kept_->generation();
  auto read = database_.read(
      [&](sql::Snapshot& view) { return read_of(view, arn, clock_.now(), settings_); });
  if (!read) return std::move(read).error();
  if (!*read) return Found();
  auto& [authority, crl] = **read;
  auto key = key_store_.open(authority.key_handle, arn);
  if (!key) return std::move(key).error();
  auto issuer = issuer_of(authority, crl, *std::move(key), settings_);
  if (!issuer) return std::move(issuer).error();
  const Found ready = std::make_shared<const ReadyAuthority>(
      ReadyAuthority{std::move(authority), std::move(crl), *std::move(issuer)});
  kept_->keep(ready, generation);
  return ready;
}

}  // namespace everseal::acmpca
