#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "keys/vault.h"
#include "random/random.h"
#include "result/result.h"
#include "secret/secret.h"
#include "services/acm/certificate_events.h"
#include "services/acm/imported_certificate.h"
#include "services/acm/renewal_listener.h"
#include "services/acm/settings.h"
#include "services/acm/shapes.h"
#include "sql/database.h"

namespace everseal::acm {

// ImportCertificate: a certificate that was made elsewhere, with its key; it is never renewed. With
// CertificateArn the successor of an imported one: the ARN, its tags and its users stay.
struct ImportCertificate {
  static constexpr std::string_view name = "ImportCertificate";
  struct Request {
    std::optional<std::string> certificate_arn;
    Bytes certificate;
    SecretBytes private_key;
    std::optional<Bytes> certificate_chain;
    std::vector<Tag> tags;
    static constexpr auto fields = std::tuple{
        aws::optional("CertificateArn", &Request::certificate_arn, aws::length(20, 2048),
                      aws::pattern(kCertificateArnPattern)),
        aws::required("Certificate", &Request::certificate, aws::length(1, 32'768)),
        aws::required("PrivateKey", &Request::private_key, aws::length(1, 5120)),
        aws::optional("CertificateChain", &Request::certificate_chain, aws::length(1, 2'097'152)),
        aws::optional("Tags", &Request::tags, aws::length(1, 50))};
  };
  struct Response {
    std::string certificate_arn;
    static constexpr auto fields =
        std::tuple{aws::always("CertificateArn", &Response::certificate_arn)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: see read_import and may_replace; the ARN is not of an imported one.
  // InvalidParameterException: tags with an ARN. InvalidTagException, TooManyTagsException,
  // ResourceNotFoundException, InvalidArnException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
  const keys::Vault& vault;
  RenewalListener& listener;
  EventSink& events;
  const Settings& settings;

 private:
  Result<Response, ApiError> add(const ImportedCertificate& imported, const Request& request,
                                 const aws::Call& call) const;
  Result<Response, ApiError> replace(const ImportedCertificate& imported, const Request& request,
                                     const aws::Call& call) const;
  Outcome put(sql::Transaction& tx, Certificate certificate, const ImportedCertificate& imported,
              const Bytes& sealed_key, Arrival arrival) const;
};

}  // namespace everseal::acm
