#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

// The responders that CAs have delegated OCSP to: their certificates and the keys of the newest.
namespace everseal::acmpca::ocsp {

// What a transaction announces when a CA has a new responder: the CA's id.
inline constexpr std::string_view responder_topic = "acmpca.ocsp_responder";

struct StoredResponder {
  Bytes certificate;  // DER
  Bytes key_handle;   // for keys::KeyStore, owned by responder_owner()
};

std::string responder_owner(const AuthorityArn& authority);

// The one that answers now.
Result<std::optional<StoredResponder>> find_responder(sql::Snapshot& view, std::int64_t ca);

// The CAs that have one.
Result<std::vector<std::string>> authorities_with_responder(sql::Snapshot& view);  // ARNs

// Takes the place of the one before, whose key is erased; with its leaf of the issuance log.
struct NewResponder {
  ByteView serial;  // big-endian, without leading zeros
  ByteView certificate;
  ByteView key_handle;
  TimePoint issued_at;
};
Outcome record_responder(sql::Transaction& tx, const Authority& authority,
                         const NewResponder& responder);

}  // namespace everseal::acmpca::ocsp
