#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

// The certificates that CAs of this service signed or were given, each with its leaf of the
// issuance log.
namespace everseal::acmpca {

// A certificate that was just signed. References outlive the call.
struct NewCertificate {
  const Authority& authority;  // as it was when it signed
  ByteView serial;             // big-endian, without leading zeros
  ByteView der;
  std::string_view template_name;  // "EndEntityCertificate/V1"
  std::string_view requested_by;   // ARN of the caller, or a service
  TimePoint issued_at;
  std::optional<std::int64_t> crl = {};  // that it belongs to
};

// Whether the CA is still what it was when it was read; if not, what it signed since must not be
// recorded.
Result<bool> is_current(sql::Snapshot& view, const Authority& authority);

// The certificate, its leaf, and that there is one more. Conflict: the serial is taken.
Outcome record_certificate(sql::Transaction& tx, const NewCertificate& certificate);

struct StoredCertificate {
  std::int64_t id;  // by which its revocation is announced
  Bytes der;
  std::string template_name;
  std::optional<std::int64_t>
      crl;  // that it belongs to; nothing: the complete one, if there is any
};
Result<std::optional<StoredCertificate>> find_certificate(sql::Snapshot& view, std::int64_t ca,
                                                          ByteView serial);

// Only the id of it.
Result<std::optional<std::int64_t>> find_certificate_id(sql::Snapshot& view, std::int64_t ca,
                                                        ByteView serial);

// How many certificates the CA has issued. Counts them one by one: a million take a tenth of a
// second.
Result<std::int64_t> count_certificates(sql::Snapshot& view, std::int64_t ca);
// The id of the newest certificate of all CAs; 0 if there is none.
Result<std::int64_t> newest_certificate(sql::Snapshot& view);

// The certificate that takes its place in the CA; `authority` is as it was before.
Outcome record_import(sql::Transaction& tx, const Authority& authority, ByteView der,
                      TimePoint now);

}  // namespace everseal::acmpca
