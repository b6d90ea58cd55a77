#pragma once

#include <string>
#include <string_view>

#include "result/result.h"
#include "services/acmpca/audit/report_store.h"
#include "services/acmpca/authority/authority_arn.h"

// How an audit report reads, piece by piece: head, certificates, tail.
//
//   JSON  a list of objects, one a line; what is absent is left out
//   CSV   a line of names and one a certificate; what is absent is empty; only the subject is
//         quoted
//
// Moments are "2026-02-26T18:39:57+0000", serial numbers "9a:10:5f", subjects RFC 4514.
namespace everseal::acmpca::audit {

std::string report_head(AuditReportFormat format);
std::string_view report_tail(AuditReportFormat format);

// With the comma and the line break that separate it from the one before. Broken: the stored
// certificate cannot be read.
enum class Place { First, Later };
Outcome append_audited(std::string& report, AuditReportFormat format, const AuthorityArn& authority,
                       const AuditedCertificate& certificate, Place place);

}  // namespace everseal::acmpca::audit
