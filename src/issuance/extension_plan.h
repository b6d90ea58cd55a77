#pragma once

#include <optional>
#include <vector>

#include "issuance/issue.h"
#include "result/result.h"
#include "x509/extension.h"

namespace everseal::issuance {

// The request that the order brings, or nullptr: the key is our own.
const x509::Csr* csr_of(const Order& order);

// DER of the name that the certificate is for: that of the API if the template hears it, else that
// of the CSR.
ByteView subject_of(const Order& order);
bool is_empty_name(ByteView der);

// Who may say what, for one order: the template stands above the API, the API above the CSR; for
// CRL distribution points the CA's configuration stands above both.
class ExtensionPlan {
 public:
  // Refuses an extension that the API asks for twice.
  static Result<ExtensionPlan, Refusal> make(const Issuer& issuer, const Order& order);

  // In the order in which Private CA writes them: alternative names, basic constraints, key
  // identifiers, usages, CRL distribution points, access to the issuer, and then all others.
  // `key_id` is that of the certified key.
  std::vector<x509::Extension> extensions(Bytes key_id) const;

 private:
  ExtensionPlan(const Issuer& issuer, const Order& order) : issuer_(issuer), order_(order) {}

  const Template& mould() const { return order_.certificate_template; }
  const x509::Csr* csr() const { return csr_of(order_); }

  const x509::Extension* from_api(const asn1::Oid& type) const;
  const x509::Extension* from_csr(const asn1::Oid& type) const;
  const x509::Extension* passed_through(const asn1::Oid& type) const;

  std::optional<x509::Extension> alternative_name() const;
  x509::Extension basic_constraints() const;
  std::optional<x509::Extension> authority_key_identifier() const;
  std::optional<x509::Extension> key_usage() const;
  std::optional<x509::Extension> extended_key_usage() const;
  std::optional<x509::Extension> crl_distribution_points() const;
  std::optional<x509::Extension> authority_info_access() const;
  void add_all_others(std::vector<x509::Extension>& out) const;

  const Issuer& issuer_;
  const Order& order_;
  std::vector<x509::Extension> asked_by_api_;
};

}  // namespace everseal::issuance
