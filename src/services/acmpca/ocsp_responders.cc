#include "services/acmpca/ocsp_responders.h"

#include <utility>

#include "issuance/ocsp/responder_certificate.h"
#include "jobs/jobs.h"
#include "services/acmpca/algorithms.h"
#include "services/acmpca/authority_store.h"
#include "services/acmpca/certificate_store.h"
#include "services/acmpca/ocsp_answer_store.h"
#include "services/acmpca/ocsp_responder_store.h"

namespace everseal::acmpca {
namespace {

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

}  // namespace

// What was read before a change and comes after it is not kept: `generation` tells.
class OcspResponders::Kept {
 public:
  std::shared_ptr<const ByIssuer> get() const {
    const std::lock_guard lock(mutex_);
    return responders_;
  }
  std::uint64_t generation() const {
    const std::lock_guard lock(mutex_);
    return generation_;
  }
  void keep(std::shared_ptr<const ByIssuer> responders, std::uint64_t read_in_generation) {
    const std::lock_guard lock(mutex_);
    if (generation_ == read_in_generation) responders_ = std::move(responders);
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
};

Outcome promise_responder(sql::Transaction& tx, const Authority& authority, TimePoint now) {
  if (!answers(authority, now)) return {};
  return jobs::add(tx, {.kind = std::string(OcspResponders::job_kind),
                        .key = authority.arn.text(),
                        .due = now,
                        .payload = {}});
}

OcspResponders::OcspResponders(sql::Database& database, const Clock& clock, Random& random,
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

OcspResponders::~OcspResponders() = default;

std::shared_ptr<const OcspResponders::ByIssuer> OcspResponders::kept() const {
  return kept_->get();
}

Result<std::shared_ptr<const OcspResponders::ByIssuer>> OcspResponders::all() {
  if (auto kept = kept_->get()) return kept;
  const auto generation = kept_->generation();
  const auto arns =
      database_.read([](sql::Snapshot& view) { return authorities_with_responder(view); });
  if (!arns) return arns.error();
  auto responders = std::make_shared<ByIssuer>();
  for (const auto& arn : *arns) {
    const auto added = add(*responders, arn);
    if (!added)
      log_.error("ocsp.responder.unusable", {{"ca", arn}, {"cause", added.error().cause}});
  }
  kept_->keep(responders, generation);
  return std::shared_ptr<const ByIssuer>(std::move(responders));
}

Outcome OcspResponders::add(ByIssuer& responders, const std::string& arn) {
  const auto ready = authorities_.find(arn, ReadyAuthorities::From::Database);
  if (!ready) return ready.error();
  if (!*ready || !answers((*ready)->authority, clock_.now())) return {};
  const auto& authority = (*ready)->authority;
  const auto stored =
      database_.read([&](sql::Snapshot& view) { return find_responder(view, authority.id); });
  if (!stored) return stored.error();
  if (!*stored) return {};
  auto key = key_store_.open((*stored)->key_handle, responder_owner(authority.arn));
  if (!key) return key.error();
  const auto ca = x509::Certificate::parse(authority.installed->der);
  if (!ca) return damaged(arn, ca.error());
  const auto certificate = x509::Certificate::parse((*stored)->certificate);
  if (!certificate) return damaged(arn, certificate.error());
  auto responder = issuance::ocsp::Responder::delegated(
      *ca, *certificate, *std::move(key), *spoken(authority.configuration.signing_algorithm));
  if (!responder) return damaged(arn, responder.error());
  const auto found =
      std::make_shared<const ReadyResponder>(ReadyResponder{authority.id, *std::move(responder)});
  for (const auto hash : {x509::OcspHash::Sha1, x509::OcspHash::Sha256})
    responders.insert_or_assign(found->responder.issuer(hash), found);
  return {};
}

Result<jobs::Verdict> OcspResponders::make(const jobs::Execution& execution) {
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
    return promise_ocsp_answers(tx, authority.id, now);
  });
  if (!stored) return stored.error();
  return jobs::Verdict::again(issuance::ocsp::renewal_due(issued->tbs.validity()));
}

}  // namespace everseal::acmpca
