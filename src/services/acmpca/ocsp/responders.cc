#include "services/acmpca/ocsp/responders.h"

#include <utility>

#include "issuance/ocsp/responder_certificate.h"
#include "jobs/jobs.h"
#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/certificates/certificate_store.h"
#include "services/acmpca/model/algorithms.h"
#include "services/acmpca/ocsp/answer_store.h"
#include "services/acmpca/ocsp/responder_store.h"

namespace everseal::acmpca::ocsp {
namespace {

constexpr auto retry = std::chrono::minutes{1};

bool answers(const Authority& authority, TimePoint now) {
  const auto& ocsp = authority.revocation.ocsp_configuration;
  return ocsp && ocsp->enabled && authority.installed && may_revoke(authority.status(now));
}

// Small and fast, of the CA's family: the algorithm of the signatures is the CA's.
crypto::KeyAlgorithm key_for(const Authority& authority) {
  const auto family = family_of(*spoken(authority.configuration.signing_algorithm));
  return family == crypto::KeyFamily::Rsa ? crypto::KeyAlgorithm::Rsa2048
                                          : crypto::KeyAlgorithm::P256;
}

Fault damaged(const std::string& arn, const Fault& fault) {
  return Fault::broken(arn + ": its OCSP responder: " + fault.cause);
}

// A CA and its responder, of one moment.
struct Rows {
  Authority authority;
  StoredResponder responder;
};

Result<std::optional<Rows>> read_of(sql::Snapshot& view, const std::string& arn, TimePoint now) {
  auto authority = find_authority(view, arn, now);
  if (!authority) return std::move(authority).error();
  if (!*authority) return std::optional<Rows>{};
  auto responder = find_responder(view, (*authority)->id);
  if (!responder) return std::move(responder).error();
  if (!*responder) return std::optional<Rows>{};
  return std::optional(Rows{**std::move(authority), **std::move(responder)});
}

Result<issuance::ocsp::Responder> open(keys::KeyStore& key_store, const Rows& rows,
                                       const x509::Certificate& ca) {
  auto key = key_store.open(rows.responder.key_handle, responder_owner(rows.authority.arn));
  if (!key) return key.error();
  const auto certificate = x509::Certificate::parse(rows.responder.certificate);
  if (!certificate) return certificate.error();
  return issuance::ocsp::Responder::delegated(
      ca, *certificate, *std::move(key), *spoken(rows.authority.configuration.signing_algorithm));
}

}  // namespace

// What was read before a change and comes after it is not kept: `generation` tells.
class Responders::Kept {
 public:
  std::shared_ptr<const ByIssuer> get() const {
    const std::lock_guard lock(mutex_);
    return responders_;
  }
  // Null also when it is time to try those again that could not be used.
  std::shared_ptr<const ByIssuer> get(TimePoint now) const {
    const std::lock_guard lock(mutex_);
    return now < retry_at_ ? responders_ : nullptr;
  }
  std::uint64_t generation() const {
    const std::lock_guard lock(mutex_);
    return generation_;
  }
  void keep(std::shared_ptr<const ByIssuer> responders, TimePoint retry_at,
            std::uint64_t read_in_generation) {
    const std::lock_guard lock(mutex_);
    if (generation_ != read_in_generation) return;
    responders_ = std::move(responders);
    retry_at_ = retry_at;
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    ++generation_;
    responders_.reset();
  }

 private:
  mutable std::mutex mutex_;
  std::uint64_t generation_ = 0;                // guarded by mutex_
  std::shared_ptr<const ByIssuer> responders_;  // guarded by mutex_
  TimePoint retry_at_;                          // guarded by mutex_
};

Outcome promise_responder(sql::Transaction& tx, const Authority& authority, TimePoint now) {
  if (!answers(authority, now)) return {};
  return jobs::add(tx, {.kind = std::string(Responders::job_kind),
                        .key = authority.arn.text(),
                        .due = now,
                        .payload = {}});
}

Responders::Responders(sql::Database& database, const Clock& clock, Random& random,
                       keys::KeyStore& key_store, ReadyAuthorities& authorities, Log& log,
                       Settings settings)
    : database_(database),
      clock_(clock),
      random_(random),
      key_store_(key_store),
      authorities_(authorities),
      log_(log),
      settings_(settings),
      kept_(std::make_shared<Kept>()) {
  for (const auto topic : {changed_topic, responder_topic})
    changes_.push_back(database.listen(topic, [kept = kept_](std::int64_t) { kept->forget(); }));
}

Responders::~Responders() = default;

std::shared_ptr<const Responders::ByIssuer> Responders::kept() const { return kept_->get(); }

Result<std::shared_ptr<const Responders::ByIssuer>> Responders::all() {
  const auto now = clock_.now();
  if (auto kept = kept_->get(now)) return kept;
  const auto generation = kept_->generation();
  const auto arns =
      database_.read([](sql::Snapshot& view) { return authorities_with_responder(view); });
  if (!arns) return arns.error();
  auto responders = std::make_shared<ByIssuer>();
  bool is_complete = true;
  for (const auto& arn : *arns) {
    const auto usable = add(*responders, arn);
    if (!usable) return usable.error();
    is_complete = is_complete && *usable;
  }
  kept_->keep(responders, is_complete ? TimePoint::max() : now + retry, generation);
  return std::shared_ptr<const ByIssuer>(std::move(responders));
}

// Whether it can be used, if it is to be.
Result<bool> Responders::add(ByIssuer& responders, const std::string& arn) {
  const auto rows =
      database_.read([&](sql::Snapshot& view) { return read_of(view, arn, clock_.now()); });
  if (!rows) return rows.error();
  if (!*rows || !answers((*rows)->authority, clock_.now())) return true;
  const auto& authority = (*rows)->authority;
  const auto ca = x509::Certificate::parse(authority.installed->der);
  if (!ca) return damaged(arn, ca.error());
  const auto responder = open(key_store_, **rows, *ca);
  Found found;
  if (responder)
    found = std::make_shared<const ReadyResponder>(ReadyResponder{authority.id, *responder});
  else
    log_.error("ocsp.responder.unusable", {{"ca", arn}, {"cause", responder.error().cause}});
  for (const auto hash : {x509::OcspHash::Sha1, x509::OcspHash::Sha256})
    responders.insert_or_assign(x509::OcspIssuer::of(hash, *ca), found);
  return responder.has_value();
}

Result<jobs::Verdict> Responders::make(const jobs::Execution& execution) {
  const auto now = clock_.now();
  const auto ready = authorities_.find(execution.key, ReadyAuthorities::From::Database);
  if (!ready) return ready.error();
  if (!*ready || !answers((*ready)->authority, now)) return jobs::Verdict::done();
  const auto& authority = (*ready)->authority;
  const auto ca = x509::Certificate::parse(authority.installed->der);
  if (!ca) return damaged(execution.key, ca.error());
  const auto key = key_store_.generate(key_for(authority), responder_owner(authority.arn));
  if (!key) return key.error();
  const auto issued = issuance::ocsp::issue_responder_certificate(
      (*ready)->issuer, *ca,
      {.public_key_info = key->key->public_key_info(),
       .signature_algorithm = *spoken(authority.configuration.signing_algorithm),
       .lifetime = settings_.ocsp_responder_lifetime},
      now, random_);
  if (!issued) return Fault::broken(execution.key + ": " + issued.error().message);
  const auto stored = database_.write([&](sql::Transaction& tx) -> Outcome {
    const auto current = is_current(tx, authority);
    if (!current) return current.error();
    if (!*current) return Fault::conflict(execution.key + " was changed after it signed");
    const auto recorded = record_responder(tx, authority,
                                           {.serial = issued->tbs.serial().octets(),
                                            .certificate = issued->der,
                                            .key_handle = key->handle,
                                            .issued_at = now});
    if (!recorded) return recorded;
    // What the responder before has signed is signed anew.
    if (const auto done = forget_looked_up_to(tx, authority.id); !done) return done;
    return promise_answers(tx, authority.id, now);
  });
  if (!stored) return stored.error();
  // No later one could outlive the CA.
  const auto& validity = issued->tbs.validity();
  if (validity.not_after >= ca->validity().not_after) return jobs::Verdict::done();
  return jobs::Verdict::again(issuance::ocsp::renewal_due(validity));
}

}  // namespace everseal::acmpca::ocsp
