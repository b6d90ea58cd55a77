#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "services/acmpca/model/enums.h"
#include "sql/database.h"
#include "x509/crl_reason.h"

// The audit reports that were asked for, and what goes into them.
namespace everseal::acmpca::audit {

struct Report {
  std::string id;  // a UUID
  std::int64_t ca;
  AuditReportFormat format;
  AuditReportStatus status;
  std::string bucket;
  std::string key;  // in it
  TimePoint created_at;
};

Outcome insert(sql::Transaction& tx, const Report& report);

// Nothing if no CA has one of that id.
Result<std::optional<Report>> find_report(sql::Snapshot& view, std::string_view id);

// Whether this CA has one, not FAILED, that was created after then.
Result<bool> has_report_since(sql::Snapshot& view, std::int64_t ca, TimePoint time);

// A CREATING one has ended so. Conflict: it is not CREATING.
Outcome settle(sql::Transaction& tx, const Report& report, AuditReportStatus end);

// A certificate, and what became of it.
struct AuditedCertificate {
  Bytes serial;  // big-endian, without leading zeros
  Bytes der;
  std::string template_name;  // "EndEntityCertificate/V1"
  std::string requested_by;   // ARN of the caller, or a service
  TimePoint issued_at;
  std::optional<TimePoint> revoked_at;
  std::optional<x509::CrlReason> reason;
};

// Those of this CA whose serial numbers lie, as octets, behind `serial`, in that order.
inline constexpr std::size_t audited_at_once = 1000;
Result<std::vector<AuditedCertificate>> list_audited(sql::Snapshot& view, std::int64_t ca,
                                                     ByteView serial);

}  // namespace everseal::acmpca::audit
