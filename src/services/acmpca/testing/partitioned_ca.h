#pragma once

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"
#include "x509/crl.h"
#include "x509/extension_types.h"
#include "x509/oids.h"

// CAs with partitions, and what lies where their certificates say.
namespace everseal::acmpca::testing {

inline CrlConfiguration partitioned() {
  return {.enabled = true,
          .expiration_in_days = 7,
          .s3_bucket_name = "crls",
          .crl_type = CrlType::Partitioned};
}
inline CrlConfiguration complete() {
  return {.enabled = true, .expiration_in_days = 7, .s3_bucket_name = "crls"};
}

inline Settings so_many_a_partition(std::int64_t certificates) {
  Settings settings;
  settings.certificates_a_partition = certificates;
  return settings;
}

// What a certificate names; empty: nothing.
inline std::string point_of(const x509::Certificate& certificate) {
  const auto points = certificate.extensions().get<x509::CrlDistributionPoints>();
  return points && *points ? points->value().uris().at(0) : "";
}

// "http://crls.s3.us-east-1.amazonaws.com/crl/x.crl" is the object crls/crl/x.crl; of other hosts
// only the path counts.
inline std::string object_at(const std::string& uri) {
  return "crls" + uri.substr(uri.find('/', std::string_view("http://").size()));
}

// A CA with partitions of three certificates.
struct PartitionedCa : TestCa {
  AuthorityArn ca = active_root();

  explicit PartitionedCa(Settings chosen = so_many_a_partition(3)) : TestCa(chosen) {
    configure(partitioned());
  }
  void configure(const CrlConfiguration& crl) {
    const auto answer = run<UpdateCertificateAuthority>(
        {ca, RevocationConfiguration{.crl_configuration = crl}, std::nullopt});
    if (!answer) throw std::runtime_error(answer.error().message);
  }
  x509::Certificate leaf() { return issue(order(ca, csr_for("app.internal"))); }
  x509::Certificate leaf_of(std::int64_t days) {
    return issue(order(ca, csr_for("app.internal"), "EndEntityCertificate", testing::days(days)));
  }
  CertificateOrder order_by_acm() {
    return {.certificate_authority_arn = ca.text(),
            .account = "111122223333",
            .region = "us-east-1",
            .rights = CertificateOrder::Rights::Caller,
            .requested_by = "arn:aws:iam::111122223333:root",
            .key_algorithm = crypto::KeyAlgorithm::P256,
            .common_name = "app.internal",
            .dns_names = {"app.internal"},
            .ip_addresses = {},
            .not_before = clock.now(),
            .not_after = clock.now() + std::chrono::hours(240)};
  }
  std::string revoke(const x509::Certificate& certificate) {
    const auto answer =
        run<RevokeCertificate>({ca, certificate.serial().hex(), RevocationReason::KeyCompromise});
    return answer ? "done" : std::string(answer.error().code);
  }
  void now() { run_jobs_until(clock.now()); }

  bool is_there(const std::string& uri) { return bucket.find(object_at(uri)).has_value(); }
  Bytes octets(const std::string& uri) { return bucket.find(object_at(uri)).value().content; }
  // What the list says that lies where certificates name it; its signature and its own name of the
  // place are checked.
  std::set<std::string> listed(const std::string& uri) {
    EXPECT_EQ(places(uri), std::vector{uri});
    return entries(uri);
  }
  // The same of a list that names no place, and so speaks of every certificate of the CA.
  std::set<std::string> listed_of_all(const std::string& uri) {
    EXPECT_TRUE(places(uri).empty());
    return entries(uri);
  }
  std::set<std::string> entries(const std::string& uri) {
    const auto der = octets(uri);
    const auto crl = x509::Crl::parse(der);
    const auto signer = *x509::Certificate::parse(stored(ca).installed->der);
    EXPECT_TRUE(x509::verify_crl(*crl, signer.public_key_info()));
    std::set<std::string> serials;
    for (const auto& entry : crl->entries())
      serials.insert(x509::SerialNumber::from_octets(entry.serial)->hex());
    return serials;
  }
  // Those of the issuing distribution point.
  std::vector<std::string> places(const std::string& uri) {
    const auto der = octets(uri);
    const auto crl = x509::Crl::parse(der);
    const auto* extension = crl->tbs().extensions.find(x509::oids::kIssuingDistributionPoint);
    if (extension == nullptr) return {};
    EXPECT_TRUE(extension->critical);
    return crl->tbs().distribution_point->uris();
  }
  std::uint64_t number(const std::string& uri) {
    const auto der = octets(uri);
    return *x509::Crl::parse(der)->number()->small();
  }
};

}  // namespace everseal::acmpca::testing
