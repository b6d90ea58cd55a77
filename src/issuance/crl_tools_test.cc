#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "asn1/pem.h"
#include "asn1/pem_encoder.h"
#include "issuance/testing/test_crl.h"
#include "temporary_folder/temporary_folder.h"
#include "x509/crl.h"

// What other people's tools think of our CRLs: OpenSSL and GnuTLS.
namespace everseal::issuance {
namespace {

namespace fs = std::filesystem;
using crypto::KeyAlgorithm;
using testing::at;
using testing::CrlMaker;
using testing::runs_of;
using testing::some_entries;
using testing::TestCa;

// A folder with a CA's certificate, a CRL of it in both encodings, and what tools say of them.
class Bench {
 public:
  void write(std::string_view name, std::string_view content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  void lay_out(const TestCa& ca, const Bytes& der) const {
    write("ca.pem", ca.certificate.pem());
    write("crl.der", as_text(der));
    asn1::PemEncoder encoder(asn1::kCrlLabel);
    std::string pem;
    encoder.add(der, pem);
    encoder.finish(pem);
    write("crl.pem", pem);
  }
  // All that the command prints, errors too.
  std::string run(const std::string& command) const {
    const std::string line = "cd " + folder_.path().string() + " && " + command + " 2>&1";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(line.c_str(), "r"), pclose);
    std::string said;
    std::array<char, 4096> buffer;
    while (const auto count = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
      said.append(buffer.data(), count);
    }
    return said;
  }

 private:
  TemporaryFolder folder_;
};

bool says(const std::string& said, std::string_view what) {
  return said.find(what) != std::string::npos;
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) ++found;
  return found;
}

struct Case {
  KeyAlgorithm key;
  std::uint32_t entries;
};

void expect_openssl_to_verify(const Bench& bench) {
  for (const std::string form : {"DER -in crl.der", "PEM -in crl.pem"}) {
    const auto said = bench.run("openssl crl -noout -verify -CAfile ca.pem -inform " + form);
    EXPECT_EQ(said, "verify OK\n");
  }
}

TEST(OurCrl, is_verified_by_openssl_and_gnutls_whatever_the_key_and_the_length) {
  const Case cases[] = {
      {KeyAlgorithm::P256, 0},    {KeyAlgorithm::P256, 1},    {KeyAlgorithm::P256, 127},
      {KeyAlgorithm::P256, 128},  {KeyAlgorithm::P384, 2},    {KeyAlgorithm::P521, 2},
      {KeyAlgorithm::Rsa2048, 2}, {KeyAlgorithm::Rsa3072, 2}, {KeyAlgorithm::Rsa4096, 2}};
  for (const auto& [key, entries] : cases) {
    SCOPED_TRACE(std::string(to_string(key)) + ", " + std::to_string(entries));
    const TestCa ca = TestCa::root(key);
    CrlMaker maker{ca};
    maker.order.next_update = at("2125-03-01T12:00:00Z");  // GnuTLS looks at the machine's clock
    ASSERT_TRUE(maker.sign(runs_of({some_entries(entries, x509::CrlReason::Superseded)})));
    const Bench bench;
    bench.lay_out(ca, maker.der);
    expect_openssl_to_verify(bench);
    const auto text = bench.run("openssl crl -inform DER -in crl.der -noout -text");
    EXPECT_EQ(count(text, "Serial Number: 11"), entries);
    EXPECT_EQ(count(text, "Superseded"), entries);
    EXPECT_EQ(says(text, "No Revoked Certificates."), entries == 0);
    const auto info = bench.run("certtool --crl-info --inder --infile crl.der");
    EXPECT_TRUE(says(info, "Revoked certificates (" + std::to_string(entries) + "):") ||
                (entries == 0 && says(info, "No revoked certificates.")))
        << info;
    const auto verified =
        bench.run("certtool --verify-crl --load-ca-certificate ca.pem --infile crl.pem");
    EXPECT_TRUE(says(verified, "Verification output: Verified.")) << verified;
  }
}

TEST(OurCrl, of_100000_entries_is_verified_by_openssl) {
  const TestCa ca = TestCa::root();
  CrlMaker maker{ca};
  ASSERT_TRUE(maker.sign(runs_of({some_entries(60'000), some_entries(40'000)})));
  EXPECT_EQ(x509::Crl::parse(maker.der).value().entries().size(), 100'000U);
  const Bench bench;
  bench.lay_out(ca, maker.der);
  expect_openssl_to_verify(bench);
}

TEST(OurCrl, says_to_openssl_what_was_ordered) {
  const TestCa ca = TestCa::root();
  CrlMaker maker{ca};
  maker.order.this_update = at("2049-12-31T23:00:00Z");
  maker.order.next_update = at("2050-01-07T23:00:00Z");
  maker.order.number = 1'519'676'905'984;
  maker.order.distribution_point = "http://crl.example.com/crl/1.crl";
  Bytes run;
  x509::append_crl_entry(run, Bytes{0x9a, 0x10}, at("2050-01-01T00:00:00Z"),
                         x509::CrlReason::KeyCompromise);
  ASSERT_TRUE(maker.sign(runs_of({run})));
  const Bench bench;
  bench.lay_out(ca, maker.der);
  expect_openssl_to_verify(bench);
  const auto text = bench.run("openssl crl -inform DER -in crl.der -noout -text");
  for (const std::string_view line :
       {"Version 2 (0x1)", "Last Update: Dec 31 23:00:00 2049 GMT",
        "Next Update: Jan  7 23:00:00 2050 GMT",
        "X509v3 Authority Key Identifier:", "1519676905984",
        "X509v3 Issuing Distribution Point: critical", "URI:http://crl.example.com/crl/1.crl",
        "Serial Number: 9A10", "Revocation Date: Jan  1 00:00:00 2050 GMT", "Key Compromise"}) {
    EXPECT_TRUE(says(text, line)) << line << " in\n" << text;
  }
}

// The whole of what a relying party does with it.
TEST(OurCrl, lets_openssl_refuse_the_revoked_and_take_the_others) {
  TestCa ca = TestCa::root();
  const auto revoked = ca.issue("EndEntityCertificate", testing::Applying().request("a")).value();
  const auto good = ca.issue("EndEntityCertificate", testing::Applying().request("b")).value();
  CrlMaker maker{ca};
  Bytes run = some_entries(10);
  x509::append_crl_entry(run, revoked.serial().octets(), testing::noon,
                         x509::CrlReason::KeyCompromise);
  ASSERT_TRUE(maker.sign(runs_of({run})));
  const Bench bench;
  bench.lay_out(ca, maker.der);
  bench.write("revoked.pem", revoked.pem());
  bench.write("good.pem", good.pem());
  const std::string verify =
      "openssl verify -attime 1740834000 -CAfile ca.pem -CRLfile crl.pem -crl_check ";
  EXPECT_EQ(bench.run(verify + "good.pem"), "good.pem: OK\n");
  EXPECT_TRUE(says(bench.run(verify + "revoked.pem"), "certificate revoked"));
}

}  // namespace
}  // namespace everseal::issuance
