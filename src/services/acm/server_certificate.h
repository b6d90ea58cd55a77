#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "secret/secret.h"
#include "services/acm/enums.h"
#include "services/acm/identity.h"
#include "services/acm/issuing.h"
#include "services/acm/settings.h"
#include "sql/database.h"

namespace everseal::acm {

// The certificate of Everseal's own API: a managed certificate like any other, in the system
// account, in use by the server and therefore renewed. Only its names may be what the API refuses:
// single labels and IP addresses.
class ServerCertificate {
 public:
  // No account of a user: those have twelve digits.
  static constexpr std::string_view system_account = "everseal";

  struct Names {
    std::string common_name;                // "localhost"
    std::vector<std::string> dns_names;     // with the common name if it is one
    std::vector<std::string> ip_addresses;  // "127.0.0.1", "::1"
    friend bool operator==(const Names&, const Names&) = default;
  };

  // Changes with each renewal.
  struct Current {
    std::string certificate_arn;
    Identity identity;
    TimePoint not_after;
    Names names;
    std::string certificate_authority_arn;  // whose it is, for the next `issue`
    std::string region;
  };

  ServerCertificate(sql::Database& database, const Clock& clock, Random& random,
                    const keys::Vault& vault, const Issuing& issuing, const Settings& settings)
      : database_(database),
        clock_(clock),
        random_(random),
        vault_(vault),
        issuing_(issuing),
        settings_(settings) {}

  // Issues a certificate now, on this thread and on the service's rights: the CA, which belongs to
  // the system account and this region, must permit acm.amazonaws.com. From then on the server uses
  // it instead of the one before. Returns its ARN.
  Result<std::string, Refusal> issue(const std::string& certificate_authority_arn,
                                     const std::string& region, const Names& names,
                                     KeyAlgorithm key_algorithm) const;

  // Nothing before the first `issue`.
  Result<std::optional<Current>> current() const;

  // Whether a listener was told of this server's certificate.
  Result<bool> is_ours(const std::string& certificate_arn) const;

 private:
  sql::Database& database_;
  const Clock& clock_;
  Random& random_;
  const keys::Vault& vault_;
  const Issuing& issuing_;
  const Settings& settings_;
};

}  // namespace everseal::acm
