#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "clock/time_text.h"
#include "encoding/hex.h"
#include "x509/certificate.h"
#include "x509/crl.h"
#include "x509/crl_builder.h"

// CRLs that OpenSSL and GnuTLS made: we must see in them what they see.
// tests/golden/x509/make_crls.sh made the files, and openssl.txt is what OpenSSL prints about them.
namespace everseal::x509 {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// All but those that cannot hold, which are named.
std::vector<fs::path> cases_but(const std::vector<std::string>& left_out) {
  std::vector<fs::path> cases;
  for (const auto& entry : fs::directory_iterator(fs::path(EVERSEAL_GOLDEN) / "crls")) {
    const auto name = entry.path().filename().string();
    if (std::find(left_out.begin(), left_out.end(), name) == left_out.end()) {
      cases.push_back(entry.path());
    }
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

std::string name_of_case(const testing::TestParamInfo<fs::path>& info) {
  return info.param.filename().string();
}

// ---- In OpenSSL's style

std::string upper(std::string text) {
  for (char& letter : text) letter = letter >= 'a' ? static_cast<char>(letter - 32) : letter;
  return text;
}

// "Mar  1 12:00:00 2025 GMT"
std::string moment(TimePoint time) {
  constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string iso = to_iso8601(time);  // 2025-03-01T12:00:00Z
  std::string day = iso.substr(8, 2);
  if (day[0] == '0') day[0] = ' ';
  const auto month = static_cast<std::size_t>(std::stoi(iso.substr(5, 2)) - 1);
  return months.at(month) + (" " + day) + " " + iso.substr(11, 8) + " " + iso.substr(0, 4) + " GMT";
}

std::string algorithm(const Algorithm& algorithm) {
  const std::map<std::string, std::string> words = {
      {"1.2.840.113549.1.1.11", "sha256WithRSAEncryption"},
      {"1.2.840.113549.1.1.13", "sha512WithRSAEncryption"},
      {"1.2.840.10045.4.3.2", "ecdsa-with-SHA256"},
      {"1.2.840.10045.4.3.3", "ecdsa-with-SHA384"},
      {"1.2.840.10045.4.3.4", "ecdsa-with-SHA512"},
      {"1.3.101.112", "ED25519"}};
  return words.at(algorithm.oid.text());
}

std::string reason(CrlReason reason) {
  const std::map<CrlReason, std::string> words = {
      {CrlReason::Unspecified, "Unspecified"},
      {CrlReason::KeyCompromise, "Key Compromise"},
      {CrlReason::CaCompromise, "CA Compromise"},
      {CrlReason::AffiliationChanged, "Affiliation Changed"},
      {CrlReason::Superseded, "Superseded"},
      {CrlReason::CessationOfOperation, "Cessation Of Operation"},
      {CrlReason::CertificateHold, "Certificate Hold"},
      {CrlReason::RemoveFromCrl, "Remove From CRL"}};
  return words.at(reason);
}

std::string extension(const TbsCrl& tbs, const Extension& one) {
  const std::string title = one.critical ? ": critical\n" : ": \n";
  const std::string indent(16, ' ');
  if (one.type == AuthorityKeyIdentifier::kOid) {
    return "X509v3 Authority Key Identifier" + title + indent +
           upper(encoding::to_hex(tbs.authority_key->key_id.value(), ':')) + "\n";
  }
  if (one.type == CrlNumber::kOid) {
    return "X509v3 CRL Number" + title + indent + std::to_string(*tbs.number->small()) + "\n";
  }
  if (one.type == DeltaCrlIndicator::kOid) {
    return "X509v3 Delta CRL Indicator" + title + indent +
           std::to_string(*tbs.delta->base.small()) + "\n";
  }
  return "X509v3 Issuing Distribution Point" + title + indent + "Full Name:\n" + indent + "  " +
         describe(tbs.distribution_point->full_name.at(0)) + "\n";
}

// An explicit "unspecified" makes the entry longer than one that does not say.
bool says_why(const CrlEntry& entry) {
  Bytes silent;
  append_crl_entry(silent, entry.serial, entry.revoked_at);
  return silent.size() != entry.der.size();
}

std::string print(const CrlEntry& entry) {
  return "    Serial Number: " + upper(encoding::to_hex(entry.serial)) +
         "\n        Revocation Date: " + moment(entry.revoked_at) + "\n" +
         (says_why(entry)
              ? "        CRL entry extensions:\n            X509v3 CRL Reason Code: \n" +
                    std::string(16, ' ') + reason(entry.reason) + "\n"
              : "");
}

std::string print(const Crl& crl) {
  const TbsCrl& tbs = crl.tbs();
  std::string text = "Certificate Revocation List (CRL):\n        Version ";
  text += tbs.version == 2 ? "2 (0x1)" : "1 (0x0)";
  text += "\n        Signature Algorithm: " + algorithm(tbs.signature_algorithm);
  text += "\n        Issuer: " + tbs.issuer.text();
  text += "\n        Last Update: " + moment(tbs.this_update);
  text += "\n        Next Update: " + moment(tbs.next_update.value()) + "\n";
  if (!tbs.extensions.empty()) text += "        CRL extensions:\n";
  for (const auto& each : tbs.extensions) text += std::string(12, ' ') + extension(tbs, each);
  text += crl.entries().empty() ? "No Revoked Certificates.\n" : "Revoked Certificates:\n";
  for (const auto& each : crl.entries()) text += print(each);
  return text + "verify OK\n";
}

// ---- The cases

class GoldenCrl : public testing::TestWithParam<fs::path> {
 protected:
  Bytes der = to_bytes(read_file(GetParam() / "crl.der"));
  Certificate issuer = Certificate::parse_pem(read_file(GetParam() / "issuer.pem")).value();
};

TEST_P(GoldenCrl, says_to_us_what_it_says_to_openssl) {
  const auto crl = Crl::parse(der);
  ASSERT_TRUE(crl) << crl.error().cause;
  EXPECT_EQ(print(*crl), read_file(GetParam() / "openssl.txt"));
}

TEST_P(GoldenCrl, is_refused_when_an_octet_is_missing_or_added) {
  for (std::size_t size = 0; size < der.size(); ++size) {
    EXPECT_FALSE(Crl::parse(ByteView(der).first(size))) << size;
  }
  der.push_back(0);
  EXPECT_FALSE(Crl::parse(der));
}

INSTANTIATE_TEST_SUITE_P(Case, GoldenCrl, testing::ValuesIn(cases_but({})), name_of_case);

class CrlWeCouldVerify : public GoldenCrl {};

TEST_P(CrlWeCouldVerify, verifies_and_not_after_a_change) {
  EXPECT_TRUE(verify_crl(Crl::parse(der).value(), issuer.public_key_info()));
  EXPECT_EQ(Crl::parse(der).value().issuer(), issuer.subject());
  der.back() ^= 1;
  EXPECT_FALSE(verify_crl(Crl::parse(der).value(), issuer.public_key_info()));
}

INSTANTIATE_TEST_SUITE_P(Case, CrlWeCouldVerify,
                         testing::ValuesIn(cases_but({"an_algorithm_we_do_not_know"})),
                         name_of_case);

// We build version 2, and the extensions in an order of our own.
class CrlWeCouldBuild : public GoldenCrl {};

TEST_P(CrlWeCouldBuild, is_rebuilt_octet_by_octet_from_its_fields) {
  const auto crl = Crl::parse(der).value();
  const auto signer = signature_algorithm(crl.signature_algorithm());
  ASSERT_TRUE(signer);
  Bytes run;
  for (const auto& entry : crl.entries()) {
    append_crl_entry(run, entry.serial, entry.revoked_at, entry.reason);
  }
  EXPECT_EQ(run, to_bytes(crl.entries().der()));
  const auto& key_id = crl.tbs().authority_key.value().key_id.value();
  const auto tbs = build_crl_tbs({.signature_algorithm = *signer,
                                  .issuer = crl.issuer().der(),
                                  .this_update = crl.this_update(),
                                  .next_update = crl.next_update().value(),
                                  .number = crl.number()->small().value(),
                                  .authority_key_id = key_id},
                                 run.size());
  const auto outer =
      assemble_crl(tbs.head.size() + run.size() + tbs.tail.size(), *signer, crl.signature());
  Bytes whole;
  for (const auto& part : {outer.head, tbs.head, run, tbs.tail, outer.tail}) {
    whole.insert(whole.end(), part.begin(), part.end());
  }
  EXPECT_EQ(whole, der);
}

INSTANTIATE_TEST_SUITE_P(Case, CrlWeCouldBuild,
                         testing::ValuesIn(cases_but({"a_delta", "a_distribution_point",
                                                      "a_reason_that_is_better_left_out",
                                                      "an_algorithm_we_do_not_know", "version_1"})),
                         name_of_case);

}  // namespace
}  // namespace everseal::x509
