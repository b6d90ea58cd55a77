#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "keys/vault.h"
#include "random/random.h"
#include "result/result.h"
#include "secret/secret.h"
#include "services/acm/certificate_store.h"
#include "services/acm/settings.h"
#include "services/acm/shapes.h"
#include "sql/database.h"

namespace everseal::acm {

// ExportCertificate: the certificate, its chain and its private key, encrypted under the caller's
// passphrase (PBES2, which any OpenSSL reads). From then on the certificate is ELIGIBLE for
// managed renewal.
struct ExportCertificate {
  static constexpr std::string_view name = "ExportCertificate";
  struct Request {
    std::string certificate_arn;
    SecretBytes passphrase;  // any octets
    static constexpr auto fields =
        std::tuple{certificate_arn_field(&Request::certificate_arn),
                   aws::required("Passphrase", &Request::passphrase, aws::length(4, 128))};
  };
  struct Response {
    std::string certificate;
    std::string certificate_chain;
    std::string private_key;  // "-----BEGIN ENCRYPTED PRIVATE KEY-----"
    static constexpr auto fields =
        std::tuple{aws::always("Certificate", &Response::certificate),
                   aws::always("CertificateChain", &Response::certificate_chain),
                   aws::always("PrivateKey", &Response::private_key, aws::sensitive())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // RequestInProgressException: not issued yet. ValidationException: imported, or its request
  // failed. ResourceNotFoundException, InvalidArnException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
  const keys::Vault& vault;
  const Settings& settings;

 private:
  // The material that is marked as exported: the two belong together, since a renewal may come in
  // between two transactions.
  Result<Material, ApiError> take(const Request& request, const aws::Call& call) const;
};

}  // namespace everseal::acm
