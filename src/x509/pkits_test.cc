#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "clock/time_text.h"
#include "x509/certificate.h"
#include "x509/chain.h"
#include "x509/extension_types.h"
#include "x509/revocation.h"

// NIST's Public Key Interoperability Test Suite, as Debian's python3-cryptography-vectors has it:
// every case of it, judged with all its certificates and CRLs at hand. tests/golden/x509/pkits.txt
// says of each what NIST expects and why we refuse what we refuse.
namespace everseal::x509 {
namespace {

namespace fs = std::filesystem;

const TimePoint kNow = parse_iso8601("2020-01-01T00:00:00Z").value();

// ---- The suite

Bytes read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> files_in(std::string_view folder) {
  const fs::path path = fs::path(EVERSEAL_PKITS) / folder;
  if (!fs::exists(path)) return {};
  return {fs::directory_iterator(path), fs::directory_iterator()};
}

struct Suite {
  std::vector<Certificate> certificates;               // those that can be read
  std::map<std::string, Result<Certificate>> by_name;  // of the file
  std::map<Bytes, Certificate> by_key_id;              // subjectKeyIdentifier, each is there once
  std::vector<std::unique_ptr<Bytes>> octets;          // of the CRLs
  std::vector<Crl> crls;                               // those that can be read
  std::set<std::string> leaves;  // names of files, whether they can be read or not

  Suite() {
    for (const auto& file : files_in("certs")) add_certificate(file);
    for (const auto& file : files_in("crls")) add_crl(file);
  }

  void add_certificate(const fs::path& file) {
    const std::string name = file.stem();
    if (name.ends_with("EE")) leaves.insert(name);
    const auto certificate = Certificate::parse(read_file(file));
    by_name.emplace(name, certificate);
    if (!certificate) return;
    certificates.push_back(*certificate);
    const auto id = certificate->extensions().get<SubjectKeyIdentifier>();
    if (!id || !*id) return;
    EXPECT_TRUE(by_key_id.emplace((*id)->key_id, *certificate).second) << name;
  }

  void add_crl(const fs::path& file) {
    octets.push_back(std::make_unique<Bytes>(read_file(file)));
    if (const auto crl = Crl::parse(*octets.back())) crls.push_back(*crl);
  }

  // From issuer to issuer by the identifiers of their keys: also where the names or the signatures
  // do not fit.
  Result<std::vector<Certificate>> path_of(const std::string& leaf) const {
    const auto& first = by_name.at(leaf);
    if (!first) return first.error();
    std::vector<Certificate> path = {*first};
    const Certificate& anchor = by_name.at("TrustAnchorRootCertificate").value();
    while (!(path.back() == anchor)) {
      const auto id = path.back().extensions().get<AuthorityKeyIdentifier>();
      if (!id) return id.error();
      const auto issuer = by_key_id.find((*id).value().key_id.value());
      if (issuer == by_key_id.end()) return Fault::malformed("its issuer is unreadable");
      path.push_back(issuer->second);
    }
    return path;
  }
};

const Suite& suite() {
  static const Suite loaded;
  return loaded;
}

// ---- The cases

struct Case {
  std::string number;       // "4.8.1"
  std::string certificate;  // the leaf
  PolicyRules policies;
  std::string nist;  // "valid" or "invalid"
  std::string ours;  // "valid" or why not

  int section() const { return std::stoi(number.substr(2)); }
};

asn1::Oid nist_policy(char digit) {
  return asn1::Oid::parse("2.16.840.1.101.3.2.1.48." + std::string(1, digit)).value();
}

// "explicit P1 P2"
PolicyRules rules_of(std::istringstream words) {
  PolicyRules rules;
  std::vector<asn1::Oid> acceptable;
  for (std::string word; words >> word;) {
    if (word == "explicit") {
      rules.required = true;
    } else if (word == "no-mapping") {
      rules.without_mappings = true;
    } else if (word == "no-any") {
      rules.without_any_policy = true;
    } else {
      acceptable.push_back(nist_policy(word.at(1)));
    }
  }
  if (!acceptable.empty()) rules.acceptable = acceptable;
  return rules;
}

Case read_case(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> columns;
  for (std::string column; std::getline(in, column, '|');) {
    const auto begin = column.find_first_not_of(' ');
    const auto end = column.find_last_not_of(' ');
    columns.push_back(begin == std::string::npos ? "" : column.substr(begin, end - begin + 1));
  }
  return {columns.at(0), columns.at(1), rules_of(std::istringstream(columns.at(2))), columns.at(3),
          columns.at(4)};
}

std::vector<Case> all_cases() {
  std::ifstream in(fs::path(EVERSEAL_GOLDEN) / "pkits.txt");
  std::vector<Case> cases;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') cases.push_back(read_case(line));
  }
  return cases;
}

// ---- Our verdict

struct InWords {
  std::string operator()(const NotRevoked&) const { return "not revoked"; }
  std::string operator()(const Revoked&) const { return "revoked"; }
  std::string operator()(const Undetermined& undetermined) const { return undetermined.cause; }
};

std::string verdict(const Case& tried) {
  const auto path = suite().path_of(tried.certificate);
  if (!path) return path.error().cause;
  const auto chain =
      validate_chain(*path, {.at = kNow, .anchor_is_root = true, .policies = tried.policies});
  if (!chain) return std::string(to_string(chain.error().problem));
  const auto status =
      check_revocation(*path, suite().certificates, {.crls = suite().crls, .at = kNow});
  return status ? "valid" : std::visit(InWords{}, status.error().revocation);
}

class Pkits : public testing::TestWithParam<int> {};

TEST_P(Pkits, is_judged_as_written_case_by_case) {
  int judged = 0;
  for (const auto& tried : all_cases()) {
    if (tried.section() != GetParam()) continue;
    EXPECT_EQ(verdict(tried), tried.ours) << tried.number << " " << tried.certificate;
    ++judged;
  }
  EXPECT_GT(judged, 0);
}

INSTANTIATE_TEST_SUITE_P(Section, Pkits, testing::Range(1, 17));

TEST(PkitsCases, are_all_there) {
  ASSERT_EQ(suite().leaves.size(), 223U)
      << "tools/install-packages.sh test installs them: python3-cryptography-vectors";
  std::set<std::string> numbers;
  std::set<std::string> leaves;
  for (const auto& tried : all_cases()) {
    numbers.insert(tried.number);
    leaves.insert(tried.certificate);
  }
  EXPECT_EQ(leaves, suite().leaves);
  EXPECT_EQ(numbers.size(), 224U);
  EXPECT_EQ(all_cases().size(), 247U);
}

// DSA, GeneralizedTime before 2050, a negative serial number in a CRL, and indirect CRLs.
TEST(PkitsCases, that_nist_calls_valid_are_so_but_for_those_we_refuse_on_purpose) {
  const std::set<std::string> refused_on_purpose = {"4.1.4",   "4.1.5",   "4.2.4",   "4.4.14",
                                                    "4.14.22", "4.14.24", "4.14.25", "4.14.28",
                                                    "4.14.29", "4.14.30", "4.14.33"};
  std::set<std::string> different;
  for (const auto& tried : all_cases()) {
    if ((tried.nist == "valid") != (tried.ours == "valid")) different.insert(tried.number);
  }
  EXPECT_EQ(different, refused_on_purpose);
}

}  // namespace
}  // namespace everseal::x509
