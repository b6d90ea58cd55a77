#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "encoding/hex.h"
#include "x509/certificate.h"
#include "x509/key_identifier.h"
#include "x509/ocsp_request.h"
#include "x509/ocsp_response.h"

// Questions and answers that OpenSSL and GnuTLS made: we must see in them what OpenSSL sees.
// tests/golden/x509/make_ocsp.sh made the files, and openssl.txt is what it prints about them.
namespace everseal::x509 {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(EVERSEAL_GOLDEN) / "ocsp";

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> cases_of(std::string_view kind) {
  std::vector<fs::path> cases;
  for (const auto& entry : fs::directory_iterator(folder / kind)) cases.push_back(entry.path());
  std::sort(cases.begin(), cases.end());
  return cases;
}

std::string name_of_case(const testing::TestParamInfo<fs::path>& info) {
  return info.param.filename().string();
}

std::string upper_hex(ByteView octets) {
  std::string text = encoding::to_hex(octets);
  for (char& letter : text) {
    if (letter >= 'a') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return text;
}

Certificate issuer() { return Certificate::parse_pem(read_file(folder / "ca.pem")).value(); }

// ---- In OpenSSL's style

std::string printed(const OcspCertId& id) {
  const bool is_sha1 = id.issuer.hash() == OcspHash::Sha1;
  return std::string("Hash Algorithm: ") + (is_sha1 ? "sha1" : "sha256") +
         "\nIssuer Name Hash: " + upper_hex(id.issuer.name_hash()) +
         "\nIssuer Key Hash: " + upper_hex(id.issuer.key_hash()) +
         "\nSerial Number: " + upper_hex(id.serial.octets()) + "\n";
}

std::string printed(TimePoint time) {
  using namespace std::chrono;
  static constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto midnight = floor<days>(time);
  const year_month_day date{midnight};
  const hh_mm_ss clock{floor<seconds>(time - midnight)};
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%s %2u %02d:%02d:%02d %d GMT",
                months[unsigned{date.month()} - 1], unsigned{date.day()},
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), int{date.year()});
  return text.data();
}

// The DER of the OCTET STRING, as OpenSSL prints a nonce.
std::string printed_nonce(ByteView nonce) {
  if (nonce.empty()) return {};
  const std::array<std::uint8_t, 2> head{0x04, static_cast<std::uint8_t>(nonce.size())};
  return "nonce " + upper_hex(head) + upper_hex(nonce) + "\n";
}

std::string printed(const OcspStatus& status) {
  if (std::holds_alternative<OcspGood>(status)) return "Cert Status: good\n";
  if (std::holds_alternative<OcspUnknown>(status)) return "Cert Status: unknown\n";
  const auto& revoked = std::get<OcspRevoked>(status);
  std::string text = "Cert Status: revoked\nRevocation Time: " + printed(revoked.at) + "\n";
  if (!revoked.reason) return text;
  EXPECT_EQ(*revoked.reason, CrlReason::KeyCompromise) << "the one reason among the cases";
  return text + "Revocation Reason: keyCompromise (0x1)\n";
}

std::string printed(const OcspSingle& single) {
  std::string text = printed(single.id) + printed(single.status) +
                     "This Update: " + printed(single.this_update) + "\n";
  if (single.next_update) text += "Next Update: " + printed(*single.next_update) + "\n";
  return text;
}

// The lines of OpenSSL's text that say something of this kind, without their indentation, and the
// line behind "OCSP Nonce:".
std::string lines_about(const std::string& text, const std::vector<std::string>& kinds) {
  std::istringstream all(text);
  std::string found;
  bool is_nonce = false;
  for (std::string line; std::getline(all, line);) {
    line.erase(0, line.find_first_not_of(' '));
    if (std::exchange(is_nonce, line.starts_with("OCSP Nonce:"))) found += "nonce " + line + "\n";
    // What follows are certificates, which have lines of the same kind.
    if (line.starts_with("Signature Algorithm:")) break;
    const bool wanted = std::any_of(kinds.begin(), kinds.end(), [&](const std::string& kind) {
      return line.starts_with(kind + ":");
    });
    if (wanted) found += line + "\n";
  }
  return found;
}

const std::vector<std::string> cert_id{"Hash Algorithm", "Issuer Name Hash", "Issuer Key Hash",
                                       "Serial Number"};
const std::vector<std::string> answer{"Hash Algorithm",    "Issuer Name Hash", "Issuer Key Hash",
                                      "Serial Number",     "Cert Status",      "Revocation Time",
                                      "Revocation Reason", "This Update",      "Next Update"};

// ---- Questions

class OcspQuestion : public testing::TestWithParam<fs::path> {};

TEST_P(OcspQuestion, says_what_openssl_sees_in_it) {
  const auto octets = read_file(GetParam() / "request.der");
  const auto request = OcspRequest::parse(as_bytes(octets));
  ASSERT_TRUE(request) << to_string(request.error());
  std::string text;
  for (const auto& id : request->asked()) text += printed(id);
  text += printed_nonce(request->nonce());
  EXPECT_EQ(text, lines_about(read_file(GetParam() / "openssl.txt"), cert_id));
}

TEST_P(OcspQuestion, names_the_issuer_as_we_do) {
  const auto octets = read_file(GetParam() / "request.der");
  const auto request = OcspRequest::parse(as_bytes(octets)).value();
  for (const auto& id : request.asked()) {
    EXPECT_EQ(id.issuer, OcspIssuer::of(id.issuer.hash(), issuer()));
  }
}

INSTANTIATE_TEST_SUITE_P(Golden, OcspQuestion, testing::ValuesIn(cases_of("requests")),
                         name_of_case);

// ---- Answers

class OcspAnswer : public testing::TestWithParam<fs::path> {};

TEST_P(OcspAnswer, says_what_openssl_sees_in_it) {
  const auto octets = read_file(GetParam() / "response.der");
  const auto response = OcspResponse::parse(as_bytes(octets));
  ASSERT_TRUE(response) << response.error().cause;
  ASSERT_FALSE(response->error());
  std::string text;
  for (const auto& single : response->data().singles()) text += printed(single);
  text += printed_nonce(response->data().nonce());
  EXPECT_EQ(text, lines_about(read_file(GetParam() / "openssl.txt"), answer));
}

TEST_P(OcspAnswer, is_believed_if_the_responders_certificate_is_there) {
  const auto octets = read_file(GetParam() / "response.der");
  const auto response = OcspResponse::parse(as_bytes(octets)).value();
  const bool is_there = GetParam().filename() != "without_the_responders_certificate";
  const auto believed = verify_ocsp_response(response, issuer(), response.data().produced_at());
  EXPECT_EQ(believed.has_value(), is_there) << (believed ? "" : believed.error().cause);
}

INSTANTIATE_TEST_SUITE_P(Golden, OcspAnswer, testing::ValuesIn(cases_of("responses")),
                         name_of_case);

}  // namespace
}  // namespace everseal::x509
