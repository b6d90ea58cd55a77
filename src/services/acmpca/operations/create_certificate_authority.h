#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "keys/key_store.h"
#include "random/random.h"
#include "services/acmpca/announcing/announcer.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/buckets/object_sink.h"
#include "services/acmpca/model/settings.h"
#include "sql/database.h"

namespace everseal::acmpca {

// CreateCertificateAuthority: a new CA with its key and CSR, waiting for its certificate.
struct CreateCertificateAuthority {
  static constexpr std::string_view name = "CreateCertificateAuthority";
  struct Request {
    CaConfiguration certificate_authority_configuration;
    std::optional<RevocationConfiguration> revocation_configuration{};
    CaType certificate_authority_type;
    std::optional<std::string> idempotency_token{};
    std::optional<SecurityStandard> key_storage_security_standard{};
    std::vector<Tag> tags{};
    std::optional<UsageMode> usage_mode{};
    static constexpr auto fields = std::tuple{
        aws::required("CertificateAuthorityConfiguration",
                      &Request::certificate_authority_configuration),
        aws::optional("RevocationConfiguration", &Request::revocation_configuration),
        aws::required("CertificateAuthorityType", &Request::certificate_authority_type),
        aws::optional("IdempotencyToken", &Request::idempotency_token, token_length, token_pattern),
        aws::optional("KeyStorageSecurityStandard", &Request::key_storage_security_standard),
        aws::optional("Tags", &Request::tags, aws::length(1, 50)),
        aws::optional("UsageMode", &Request::usage_mode)};
  };
  struct Response {
    std::string certificate_authority_arn;
    static constexpr auto fields =
        std::tuple{aws::required("CertificateAuthorityArn", &Response::certificate_authority_arn)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidArgsException: see new_authority.h and revocation_rules.h. InvalidTagException.
  // LimitExceededException: the account has its 200 in this region, deleted ones included.
  // ValidationException: CRLs are wanted, but cannot be put into the bucket, by the CA or by the
  // caller.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
  keys::KeyStore& key_store;
  ObjectSink& sink;
  Announcer& announcer;
  Settings settings;

 private:
  Result<Response, ApiError> store(const Request& request, const aws::Call& call,
                                   const Authority& authority, TimePoint now) const;
};

}  // namespace everseal::acmpca
