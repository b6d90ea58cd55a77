#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "clock/time_text.h"
#include "crypto/digest.h"
#include "encoding/hex.h"
#include "x509/certificate.h"
#include "x509/certificate_builder.h"
#include "x509/chain.h"
#include "x509/csr.h"
#include "x509/csr_builder.h"
#include "x509/extension_writer.h"
#include "x509/key_identifier.h"

// Certificates, requests and chains that OpenSSL and GnuTLS made: we must see in them what they
// see. tests/golden/x509/make.sh made the files, and openssl.txt is what OpenSSL prints about them.
namespace everseal::x509 {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> cases_of(std::string_view kind) {
  std::vector<fs::path> cases;
  for (const auto& entry : fs::directory_iterator(fs::path(EVERSEAL_GOLDEN) / kind)) {
    cases.push_back(entry.path());
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

// All but those that cannot hold, which are named.
std::vector<fs::path> cases_but(std::string_view kind, const std::set<std::string>& left_out) {
  auto cases = cases_of(kind);
  std::erase_if(cases, [&](const fs::path& path) { return left_out.contains(path.filename()); });
  return cases;
}

std::string name_of_case(const testing::TestParamInfo<fs::path>& info) {
  return info.param.filename().string();
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char letter) { return letter >= 'a' && letter <= 'f' ? letter - 32 : letter; });
  return text;
}

template <class Items, class Print>
std::string joined(const Items& items, std::string_view separator, Print print) {
  std::string text;
  for (const auto& item : items) {
    if (!text.empty()) text += separator;
    text += print(item);
  }
  return text;
}

// ---- In OpenSSL's style

// OpenSSL writes hexadecimal digits in upper case in names too.
std::string dn(const Name& name) {
  std::string text = name.text();
  for (auto at = text.find("=#"); at != std::string::npos; at = text.find("=#", at + 1)) {
    const auto end = std::min(text.find(',', at), text.size());
    text.replace(at, end - at, upper(text.substr(at, end - at)));
  }
  return text;
}

std::string moment(TimePoint time) {
  std::string text = to_iso8601(time);
  text[10] = ' ';
  return text;
}

std::string address(ByteView octets) {
  std::ostringstream text;
  if (octets.size() == 4) {
    text << int{octets[0]} << '.' << int{octets[1]} << '.' << int{octets[2]} << '.'
         << int{octets[3]};
    return text.str();
  }
  text << std::hex << std::uppercase;
  for (std::size_t at = 0; at < octets.size(); at += 2) {
    text << (at > 0 ? ":" : "") << (octets[at] << 8 | octets[at + 1]);
  }
  return text.str();
}

std::string slashed(const Name& name) {
  std::map<std::string, std::string> words = {{"2.5.4.3", "CN"}, {"2.5.4.6", "C"},
                                              {"2.5.4.7", "L"},  {"2.5.4.8", "ST"},
                                              {"2.5.4.10", "O"}, {"2.5.4.11", "OU"}};
  return joined(name.attributes(), "", [&](const NameAttribute& attribute) {
    return '/' + words[attribute.type.text()] + '=' + attribute.text().value();
  });
}

std::string general_name(const GeneralName& name, std::string_view address_word = "IP Address:") {
  if (const auto* ip = std::get_if<IpAddress>(&name)) {
    const ByteView all = ip->octets;
    if (all.size() == 4 || all.size() == 16) return std::string(address_word) + address(all);
    return std::string(address_word) + address(all.first(all.size() / 2)) + '/' +
           address(all.last(all.size() / 2));
  }
  if (const auto* directory = std::get_if<DirectoryName>(&name)) {
    return "DirName:" + slashed(directory->name);
  }
  return describe(name);
}

std::string print(const BasicConstraints& value) {
  std::string text = value.ca ? "    CA:TRUE" : "    CA:FALSE";
  if (value.path_length) text += ", pathlen:" + std::to_string(*value.path_length);
  return text + '\n';
}

std::string print(const KeyUsage& value) {
  constexpr std::array<std::string_view, 9> kWords = {
      "Digital Signature", "Non Repudiation", "Key Encipherment",
      "Data Encipherment", "Key Agreement",   "Certificate Sign",
      "CRL Sign",          "Encipher Only",   "Decipher Only"};
  std::vector<std::string_view> found;
  for (unsigned bit = 0; bit < kWords.size(); ++bit) {
    if (value.has(static_cast<KeyUsageBit>(bit))) found.push_back(kWords[bit]);
  }
  return "    " + joined(found, ", ", [](auto word) { return std::string(word); }) + '\n';
}

std::string print(const ExtendedKeyUsage& value) {
  const std::map<asn1::Oid, std::string> words = {
      {oids::kServerAuth, "TLS Web Server Authentication"},
      {oids::kClientAuth, "TLS Web Client Authentication"},
      {oids::kCodeSigning, "Code Signing"},
      {oids::kEmailProtection, "E-mail Protection"},
      {oids::kTimeStamping, "Time Stamping"},
      {oids::kOcspSigning, "OCSP Signing"}};
  return "    " +
         joined(value.purposes, ", ",
                [&](const asn1::Oid& purpose) {
                  const auto found = words.find(purpose);
                  return found == words.end() ? purpose.text() : found->second;
                }) +
         '\n';
}

std::string print(const SubjectAlternativeName& value) {
  return "    " + joined(value.names, ", ", [](const auto& name) { return general_name(name); }) +
         '\n';
}

std::string print(const SubjectKeyIdentifier& value) {
  return "    " + upper(encoding::to_hex(value.key_id, ':')) + '\n';
}

std::string print(const AuthorityKeyIdentifier& value) {
  const std::string key = upper(encoding::to_hex(value.key_id.value(), ':'));
  if (!value.serial) return "    " + key + '\n';
  return "    keyid:" + key + "\n    " + general_name(value.issuer.at(0)) +
         "\n    serial:" + upper(value.serial->hex()) + '\n';
}

std::string print(const CrlDistributionPoints& value) {
  return joined(value.points, "", [](const DistributionPoint& point) {
    return "    Full Name:\n" + joined(point.full_name, "", [](const auto& name) {
             return "      " + general_name(name) + '\n';
           });
  });
}

std::string print(const AuthorityInfoAccess& value) {
  return joined(value.descriptions, "", [](const AccessDescription& access) {
    const std::string word = access.method == oids::kAccessOcsp ? "OCSP" : "CA Issuers";
    return "    " + word + " - " + general_name(access.location) + '\n';
  });
}

std::string print(const CertificatePolicies& value) {
  return joined(value.policies, "", [](const PolicyInformation& policy) {
    const bool any = policy.policy == oids::kAnyPolicy;
    return "    Policy: " + (any ? "X509v3 Any Policy" : policy.policy.text()) + '\n' +
           joined(policy.qualifiers, "", [](const PolicyQualifier& qualifier) {
             return "      CPS: " + qualifier.cps_uri().value() + '\n';
           });
  });
}

std::string print(const NameConstraints& value) {
  const auto subtrees = [](std::string_view word, const std::vector<GeneralName>& bases) {
    return "    " + std::string(word) + ":\n" + joined(bases, "", [](const auto& base) {
             return "      " + general_name(base, "IP:") + '\n';
           });
  };
  return subtrees("Permitted", value.permitted) + subtrees("Excluded", value.excluded);
}

// The extension in text if it is a `Type`; and what our writer makes of its meaning must be what
// the other tool wrote.
template <class Type>
std::string print_if(const Extension& extension, std::string_view title) {
  if (extension.type != Type::kOid) return {};
  const auto value = Type::parse(extension.value);
  if (!value) return value.error().cause;
  if constexpr (requires { to_extension(*value); }) {
    EXPECT_EQ(to_extension(*value).value, extension.value) << title;
  } else {
    EXPECT_EQ(to_extension(*value, Criticality::Critical).value, extension.value) << title;
  }
  return std::string(title) + ": " + (extension.critical ? "critical\n" : "\n") + print(*value);
}

std::string print(const Extension& extension) {
  return print_if<BasicConstraints>(extension, "X509v3 Basic Constraints") +
         print_if<KeyUsage>(extension, "X509v3 Key Usage") +
         print_if<ExtendedKeyUsage>(extension, "X509v3 Extended Key Usage") +
         print_if<SubjectAlternativeName>(extension, "X509v3 Subject Alternative Name") +
         print_if<SubjectKeyIdentifier>(extension, "X509v3 Subject Key Identifier") +
         print_if<AuthorityKeyIdentifier>(extension, "X509v3 Authority Key Identifier") +
         print_if<CrlDistributionPoints>(extension, "X509v3 CRL Distribution Points") +
         print_if<AuthorityInfoAccess>(extension, "Authority Information Access") +
         print_if<CertificatePolicies>(extension, "X509v3 Certificate Policies") +
         print_if<NameConstraints>(extension, "X509v3 Name Constraints");
}

std::string key_digest(ByteView public_key_info) {
  return encoding::to_hex(crypto::sha256(public_key_info));
}

std::string print(const Certificate& certificate) {
  return "serial=" + upper(certificate.serial().plain_hex()) +
         "\nsubject=" + dn(certificate.subject()) + "\nissuer=" + dn(certificate.issuer()) +
         "\nnotBefore=" + moment(certificate.validity().not_before) +
         "\nnotAfter=" + moment(certificate.validity().not_after) +
         "\npublicKey=" + key_digest(certificate.public_key_info()) + '\n' +
         joined(certificate.extensions(), "",
                [](const auto& extension) { return print(extension); });
}

std::string print(const Csr& csr) {
  return "subject=" + dn(csr.subject()) + "\npublicKey=" + key_digest(csr.public_key_info()) +
         "\nverify=verify OK\n";
}

// ---- Certificates

class GoldenCertificate : public testing::TestWithParam<fs::path> {
 protected:
  Bytes der = to_bytes(read_file(GetParam() / "certificate.der"));
};

TEST_P(GoldenCertificate, says_to_us_what_it_says_to_openssl) {
  const auto certificate = Certificate::parse(der);
  ASSERT_TRUE(certificate) << certificate.error().cause;
  EXPECT_EQ(print(*certificate), read_file(GetParam() / "openssl.txt"));
  EXPECT_EQ(to_bytes(certificate->der()), der);
  EXPECT_EQ(Certificate::parse_pem(certificate->pem()).value(), *certificate);
}

// We build version 3, with the algorithms that we sign with.
class CertificateWeCouldBuild : public GoldenCertificate {};

TEST_P(CertificateWeCouldBuild, is_rebuilt_octet_by_octet_from_its_fields) {
  const auto certificate = Certificate::parse(der).value();
  const auto algorithm = signature_algorithm(certificate.signature_algorithm());
  ASSERT_TRUE(algorithm);
  const std::vector<Extension> extensions(certificate.extensions().begin(),
                                          certificate.extensions().end());
  const Bytes tbs = build_tbs({.serial = certificate.serial(),
                               .signature_algorithm = *algorithm,
                               .issuer = certificate.issuer().der(),
                               .validity = certificate.validity(),
                               .subject = certificate.subject().der(),
                               .public_key_info = certificate.public_key_info(),
                               .extensions = extensions});
  EXPECT_EQ(assemble_certificate(tbs, *algorithm, certificate.signature()), der);
}

// RFC 5280, method 1: GnuTLS has a method of its own.
class CertificateWithHashedKey : public GoldenCertificate {};

TEST_P(CertificateWithHashedKey, has_the_key_identifier_that_openssl_computes) {
  const auto certificate = Certificate::parse(der).value();
  const auto identifier = certificate.extensions().get<SubjectKeyIdentifier>().value();
  ASSERT_TRUE(identifier);
  EXPECT_EQ(key_identifier(certificate.public_key_info()).value(), identifier->key_id);
  EXPECT_EQ(issuer_key_identifier(certificate).value(), identifier->key_id);
}

TEST_P(GoldenCertificate, is_refused_when_an_octet_is_missing_or_added) {
  for (std::size_t size = 0; size < der.size(); ++size) {
    EXPECT_FALSE(Certificate::parse(ByteView(der).first(size))) << size;
  }
  der.push_back(0);
  EXPECT_FALSE(Certificate::parse(der));
}

INSTANTIATE_TEST_SUITE_P(Case, GoldenCertificate, testing::ValuesIn(cases_of("certificates")),
                         name_of_case);
INSTANTIATE_TEST_SUITE_P(Case, CertificateWeCouldBuild,
                         testing::ValuesIn(cases_but("certificates",
                                                     {"a_signature_with_parameters_of_its_own",
                                                      "a_version_1_certificate",
                                                      "an_algorithm_we_do_not_know"})),
                         name_of_case);
INSTANTIATE_TEST_SUITE_P(Case, CertificateWithHashedKey,
                         testing::ValuesIn(cases_but(
                             "certificates", {"a_certificate_with_every_extension_we_know",
                                              "a_root_made_by_gnutls", "a_version_1_certificate"})),
                         name_of_case);

// ---- Requests

class GoldenCsr : public testing::TestWithParam<fs::path> {
 protected:
  Bytes der = to_bytes(read_file(GetParam() / "request.der"));
};

TEST_P(GoldenCsr, says_to_us_what_it_says_to_openssl) {
  const auto csr = Csr::parse(der);
  ASSERT_TRUE(csr) << csr.error().cause;
  EXPECT_EQ(print(*csr), read_file(GetParam() / "openssl.txt"));
  EXPECT_EQ(to_bytes(csr->der()), der);
  EXPECT_EQ(to_bytes(Csr::parse_pem(csr->pem())->der()), der);
}

TEST_P(GoldenCsr, verifies_if_we_know_its_algorithm_and_not_after_a_change) {
  const auto csr = Csr::parse(der).value();
  const bool known = signature_algorithm(csr.signature_algorithm()).has_value();
  EXPECT_EQ(verify_csr(csr).has_value(), known);
  der.back() ^= 1;
  EXPECT_FALSE(verify_csr(Csr::parse(der).value()));
}

// We build no other attribute than extensionRequest, and sign with what we know.
class CsrWeCouldBuild : public GoldenCsr {};

TEST_P(CsrWeCouldBuild, is_rebuilt_octet_by_octet_from_its_fields) {
  const auto csr = Csr::parse(der).value();
  const auto algorithm = signature_algorithm(csr.signature_algorithm());
  ASSERT_TRUE(algorithm);
  const std::vector<Extension> extensions(csr.extensions().begin(), csr.extensions().end());
  const Bytes info = build_csr_info(csr.subject().der(), csr.public_key_info(), extensions);
  EXPECT_EQ(assemble_csr(info, *algorithm, csr.signature()), der);
}

TEST_P(GoldenCsr, is_refused_when_an_octet_is_missing_or_added) {
  for (std::size_t size = 0; size < der.size(); ++size) {
    EXPECT_FALSE(Csr::parse(ByteView(der).first(size))) << size;
  }
  der.push_back(0);
  EXPECT_FALSE(Csr::parse(der));
}

INSTANTIATE_TEST_SUITE_P(Case, GoldenCsr, testing::ValuesIn(cases_of("requests")), name_of_case);
INSTANTIATE_TEST_SUITE_P(Case, CsrWeCouldBuild,
                         testing::ValuesIn(cases_but("requests",
                                                     {"with_an_algorithm_we_do_not_know",
                                                      "with_other_attributes"})),
                         name_of_case);

// ---- Chains

class GoldenChain : public testing::TestWithParam<fs::path> {};

// X509_V_ERR_* of OpenSSL.
std::string in_openssls_words(const Result<void, ChainFault>& verdict) {
  if (verdict) return "OK\n";
  switch (verdict.error().problem) {
    case ChainProblem::WrongIssuer:
    case ChainProblem::BadSignature:
      return "error 20\n";  // it finds no issuer with that name and key
    case ChainProblem::NotYetValid:
      return "error 9\n";
    case ChainProblem::Expired:
      return "error 10\n";
    case ChainProblem::PathTooLong:
      return "error 25\n";
    case ChainProblem::UnknownCriticalExtension:
      return "error 34\n";
    case ChainProblem::NotACa:
    case ChainProblem::MayNotSign:
      return "error 79\n";
    case ChainProblem::NameNotAllowed:
      return verdict.error().cause.ends_with("excluded") ? "error 48\n" : "error 47\n";
    default:
      return std::string(to_string(verdict.error().problem));
  }
}

TEST_P(GoldenChain, is_judged_as_openssl_judges_it) {
  const auto chain = Certificate::parse_pem_chain(read_file(GetParam() / "chain.pem")).value();
  const auto verdict = validate_chain(chain, {.at = parse_iso8601("2025-06-01T00:00:00Z").value()});
  EXPECT_EQ(in_openssls_words(verdict), read_file(GetParam() / "openssl.txt"))
      << (verdict ? "" : Fault(verdict.error()).cause);
  EXPECT_EQ(to_pem(chain), read_file(GetParam() / "chain.pem"));
}

INSTANTIATE_TEST_SUITE_P(Case, GoldenChain, testing::ValuesIn(cases_of("chains")), name_of_case);

}  // namespace
}  // namespace everseal::x509
