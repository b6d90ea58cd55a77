#include "services/acmpca/ocsp/desk.h"

#include <utility>
#include <vector>

#include "services/acmpca/certificates/certificate_store.h"
#include "services/acmpca/ocsp/answer_store.h"

namespace everseal::acmpca::ocsp {

using issuance::ocsp::CompactAnswer;
using issuance::ocsp::Known;
using x509::OcspError;

// What is stored about a certificate.
struct Desk::Looked {
  std::optional<std::int64_t> certificate;  // nothing: it was never issued
  x509::OcspStatus status;
  std::optional<issuance::ocsp::CompactAnswer> kept;  // what was signed about it
};

Desk::Desk(sql::Database& database, const Clock& clock, Responders& responders,
           const Settings& settings)
    : database_(database),
      clock_(clock),
      responders_(responders),
      settings_(settings),
      answers_(database, settings.ocsp_answers) {}

Answers::Found Desk::at_hand(const x509::OcspRequest& request) const {
  if (request.asked().size() != 1 || !request.nonce().empty()) return nullptr;
  const auto& id = request.asked().front();
  // A CA that no longer answers has answers left.
  const auto responders = responders_.kept();
  if (!responders || !responders->contains(id.issuer)) return nullptr;
  auto found = answers_.find(id);
  if (!found || clock_.now() >= found->renew_at) return nullptr;
  return found;
}

Result<Desk::Reply, OcspError> Desk::answer(const x509::OcspRequest& request) {
  if (auto found = at_hand(request)) return Reply{found->octets, found};
  const auto responders = responders_.all();
  if (!responders) return OcspError::TryLater;
  const auto at = (*responders)->find(request.asked().front().issuer);
  if (at == (*responders)->end()) return OcspError::Unauthorized;
  const auto by = at->second;
  if (!by) return OcspError::TryLater;
  if (request.asked().size() == 1 && request.nonce().empty())
    return presigned(*by, request.asked().front());
  return live(*by, request);
}

Result<Desk::Looked, OcspError> Desk::look(const ReadyResponder& by,
                                           const x509::OcspCertId& id) const {
  const auto looked = database_.read([&](sql::Snapshot& view) -> Result<Looked> {
    const auto certificate = find_certificate_id(view, by.ca, id.serial.octets());
    if (!certificate) return certificate.error();
    if (!*certificate) return Looked{std::nullopt, x509::OcspUnknown{}, std::nullopt};
    const auto status = find_status(view, by.ca, id.serial.octets());
    if (!status) return status.error();
    auto kept = find_answer(view, **certificate);
    if (!kept) return kept.error();
    return Looked{*certificate, *status, *std::move(kept)};
  });
  if (!looked) return OcspError::TryLater;
  return *looked;
}

Result<CompactAnswer> Desk::signed_before_or_now(const ReadyResponder& by,
                                                 const x509::OcspCertId& id,
                                                 const Looked& looked) const {
  const auto now = clock_.now();
  const auto& kept = looked.kept;
  if (kept && id.issuer.hash() == presigned_hash && kept->status == looked.status &&
      kept->signer == by.responder.tag() && kept->window.this_update <= now &&
      now < renewal(kept->window))
    return *kept;
  return by.responder.presign({id, looked.status},
                              by.responder.window(now, settings_.ocsp_validity));
}

Result<Desk::Reply, OcspError> Desk::presigned(const ReadyResponder& by,
                                               const x509::OcspCertId& id) {
  const auto generation = answers_.generation();
  const auto looked = look(by, id);
  if (!looked) return looked.error();
  auto facts = signed_before_or_now(by, id, *looked);
  if (!facts) return OcspError::TryLater;
  const auto octets = by.responder.assemble(id, *facts);
  if (!octets) return OcspError::InternalError;
  const auto renew_at = renewal(facts->window);
  const auto answer = std::make_shared<const Answer>(
      Answer{std::string(as_text(*octets)), *std::move(facts), renew_at});
  // What was never issued may be issued at any moment, and anybody can make up serial numbers.
  if (!looked->certificate) return Reply{answer->octets, nullptr};
  answers_.keep(id, *looked->certificate, answer, generation);
  return Reply{answer->octets, answer};
}

Result<Desk::Reply, OcspError> Desk::live(const ReadyResponder& by,
                                          const x509::OcspRequest& request) {
  std::vector<Known> known;
  for (const auto& id : request.asked()) {
    if (id.issuer != by.responder.issuer(id.issuer.hash())) return OcspError::Unauthorized;
    const auto looked = look(by, id);
    if (!looked) return looked.error();
    known.push_back({id, looked->status});
  }
  const auto window = by.responder.window(clock_.now(), settings_.ocsp_validity);
  const auto octets = by.responder.answer(known, window, request.nonce());
  if (!octets) return OcspError::TryLater;
  return Reply{std::string(as_text(*octets)), nullptr};
}

}  // namespace everseal::acmpca::ocsp
