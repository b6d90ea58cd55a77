#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "encoding/bytes.h"
#include "keys/vault.h"
#include "result/result.h"
#include "secret/secret.h"
#include "sql/database.h"

namespace everseal::acm {

// What a TLS server proves itself with.
struct Identity {
  std::vector<Bytes> chain;  // DER: its certificate, the issuing CA's, ..., the root's
  SecretBytes private_key;   // PKCS#8, DER
};

// That of an issued or imported certificate, as it is now. Nothing: there is no such certificate,
// or it is not issued.
Result<std::optional<Identity>> identity_of(sql::Snapshot& view, const keys::Vault& vault,
                                            std::string_view certificate_arn);

}  // namespace everseal::acm
