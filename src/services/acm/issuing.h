#pragma once

#include <memory>
#include <string>

#include "clock/clock.h"
#include "keys/key_pool.h"
#include "keys/vault.h"
#include "result/result.h"
#include "services/acm/certificate.h"
#include "services/acm/certificate_events.h"
#include "services/acm/certificate_store.h"
#include "services/acm/private_issuer.h"
#include "services/acm/settings.h"
#include "sql/database.h"

namespace everseal::acm {

// The jobs of this service; the key of each is the certificate's ARN.
inline constexpr std::string_view kIssueJob = "acm.issue";
inline constexpr std::string_view kRenewJob = "acm.renew";

// Promises the renewal of a private certificate that somebody has from now on: at the beginning of
// its window, or at once if that is over. Others are left alone.
Outcome promise_renewal(sql::Transaction& tx, const Certificate& certificate, TimePoint now,
                        const Settings& settings);

// A certificate with its new key, made but not yet stored: nothing of it exists if it is dropped.
struct Fresh {
  CertificateFacts facts;
  Material material;  // the key only sealed
  std::unique_ptr<SignedCertificate> signed_certificate;
  TimePoint issued_at;
};

// What a first issuance and a renewal have in common: a new key, an order to the CA, and storing
// what came of it. A key never exists at rest without its certificate. Thread-safe.
class Issuing {
 public:
  Issuing(PrivateIssuer& issuer, keys::KeyPool& keys, const keys::Vault& vault, const Clock& clock,
          EventSink& events, const Settings& settings)
      : issuer_(issuer),
        keys_(keys),
        vault_(vault),
        clock_(clock),
        events_(events),
        settings_(settings) {}

  // For the names and with the key algorithm that the certificate has. Refused before a key is made
  // where the CA knows already. Faults of ours are PCA_REQUEST_FAILED.
  Result<Fresh, Refusal> make(const Certificate& certificate,
                              CertificateOrder::Rights rights) const;

  // Makes it the certificate's: ISSUED, not exported since, the next renewal and the notices of its
  // end promised. The leaf of the issuance log and the event are in the same transaction.
  Outcome store(sql::Transaction& tx, Certificate certificate, const Fresh& fresh,
                Arrival arrival) const;

 private:
  CertificateOrder order_for(const Certificate& certificate, CertificateOrder::Rights rights) const;

  PrivateIssuer& issuer_;
  keys::KeyPool& keys_;
  const keys::Vault& vault_;
  const Clock& clock_;
  EventSink& events_;
  const Settings& settings_;
};

}  // namespace everseal::acm
