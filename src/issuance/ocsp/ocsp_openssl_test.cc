#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "issuance/ocsp/test_responder.h"
#include "temporary_folder/temporary_folder.h"
#include "x509/ocsp_request.h"

// What OpenSSL, as a relying party, makes of our answers to its own questions.
namespace everseal::issuance::ocsp {
namespace {

using namespace testing;
using crypto::KeyAlgorithm;
using std::chrono::hours;
using x509::OcspGood;
using x509::OcspUnknown;

// A folder with the CA's certificate and some that it issued; commands run in it.
class Desk {
 public:
  explicit Desk(KeyAlgorithm algorithm = KeyAlgorithm::P256) : at_(TestResponder::make(algorithm)) {
    write("ca.pem", at_.ca.certificate.pem());
    write("responder.pem", at_.certificate.pem());
    for (const auto* name : {"one", "two"}) {
      certificates_.push_back(
          at_.ca.issue("EndEntityCertificate", Applying().request(name)).value());
      write(std::string(name) + ".pem", certificates_.back().pem());
    }
  }
  const TestResponder& at() const { return at_; }
  const x509::Certificate& certificate(std::size_t number) const { return certificates_[number]; }

  // Lets OpenSSL ask, and reads what it asks.
  x509::OcspRequest ask(const std::string& options) {
    run("-issuer ca.pem " + options + " -reqout question.der");
    std::ifstream file(folder_ / "question.der", std::ios::binary);
    const std::string octets{std::istreambuf_iterator<char>(file), {}};
    return x509::OcspRequest::parse(as_bytes(octets)).value();
  }

  // What it makes of the answer to that question, or, with options, to one that they make. Its
  // certificates are judged at noon; how old it is, OpenSSL would ask the machine's clock, and is
  // told not to mind a hundred years.
  std::string judge(const std::string& options, ByteView answer,
                    const std::string& trusted = "-CAfile ca.pem") {
    write("answer.der", as_text(answer));
    const auto moment = std::to_string(to_millis(noon) / 1000 + 60);
    return run("-issuer ca.pem " + options + " -no_nonce -reqin question.der -respin answer.der " +
               trusted + " -validity_period 3000000000 -attime " + moment);
  }

 private:
  void write(const std::string& name, std::string_view octets) {
    std::ofstream(folder_ / name, std::ios::binary) << octets;
  }
  std::string run(const std::string& options) {
    const std::string command =
        "cd '" + folder_.path().string() + "' && openssl ocsp " + options + " 2>&1";
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::string output;
    std::array<char, 4096> portion{};
    while (const auto count = std::fread(portion.data(), 1, portion.size(), pipe.get())) {
      output.append(portion.data(), count);
    }
    return output;
  }

  TestResponder at_;
  std::vector<x509::Certificate> certificates_;
  TemporaryFolder folder_;
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(OpensslAsks, and_believes_that_a_certificate_is_good) {
  for (const auto algorithm : {KeyAlgorithm::P256, KeyAlgorithm::P384, KeyAlgorithm::Rsa2048}) {
    Desk desk(algorithm);
    const auto question = desk.ask("-cert one.pem -no_nonce");
    ASSERT_EQ(question.asked().size(), 1U);
    EXPECT_EQ(question.asked()[0].serial, desk.certificate(0).serial());
    EXPECT_TRUE(question.nonce().empty());
    const Known known{question.asked()[0], OcspGood{}};
    const Bytes answer = desk.at().responder.answer({&known, 1}, desk.at().day()).value();
    for (const auto* trusted : {"-CAfile ca.pem", "-VAfile responder.pem"}) {
      const auto said = desk.judge("-cert one.pem", answer, trusted);
      EXPECT_TRUE(has(said, "Response verify OK")) << said;
      EXPECT_TRUE(has(said, "one.pem: good")) << said;
      EXPECT_TRUE(has(said, "This Update: Mar  1 12:00:00 2025 GMT")) << said;
      EXPECT_TRUE(has(said, "Next Update: Mar  2 12:00:00 2025 GMT")) << said;
    }
  }
}

TEST(OpensslAsks, and_believes_that_a_certificate_is_revoked_and_why) {
  Desk desk;
  const auto question = desk.ask("-cert one.pem -no_nonce");
  const Known known{question.asked()[0], revoked_for(x509::CrlReason::KeyCompromise)};
  const auto said =
      desk.judge("-cert one.pem", desk.at().responder.answer({&known, 1}, desk.at().day()).value());
  EXPECT_TRUE(has(said, "Response verify OK")) << said;
  EXPECT_TRUE(has(said, "one.pem: revoked")) << said;
  EXPECT_TRUE(has(said, "Reason: keyCompromise")) << said;
  EXPECT_TRUE(has(said, "Revocation Time: Feb 28 10:20:30 2025 GMT")) << said;
}

TEST(OpensslAsks, and_believes_that_a_serial_number_is_unknown) {
  Desk desk;
  const auto question = desk.ask("-serial 0x1234 -no_nonce");
  EXPECT_EQ(question.asked()[0], desk.at().id("1234"));
  const Known known{question.asked()[0], OcspUnknown{}};
  const auto said = desk.judge("-serial 0x1234",
                               desk.at().responder.answer({&known, 1}, desk.at().day()).value());
  EXPECT_TRUE(has(said, "Response verify OK")) << said;
  EXPECT_TRUE(has(said, "0x1234: unknown")) << said;
}

TEST(OpensslAsks, and_finds_its_nonce) {
  Desk desk;
  const auto question = desk.ask("-cert one.pem -nonce");
  ASSERT_FALSE(question.nonce().empty());
  const Known known{question.asked()[0], OcspGood{}};
  const auto& responder = desk.at().responder;
  const auto said =
      desk.judge("", responder.answer({&known, 1}, desk.at().day(), question.nonce()).value());
  EXPECT_TRUE(has(said, "Response verify OK")) << said;
  EXPECT_FALSE(has(said, "no nonce")) << said;
  const auto other =
      desk.judge("", responder.answer({&known, 1}, desk.at().day(), Bytes(16, 1)).value());
  EXPECT_TRUE(has(other, "Nonce Verify error")) << other;
}

TEST(OpensslAsks, about_several_certificates_by_either_hash) {
  Desk desk;
  const std::string options = "-sha256 -cert one.pem -sha1 -cert two.pem -serial 0x77 -no_nonce";
  const auto question = desk.ask(options);
  ASSERT_EQ(question.asked().size(), 3U);
  EXPECT_EQ(question.asked()[0].issuer, desk.at().responder.issuer(x509::OcspHash::Sha256));
  EXPECT_EQ(question.asked()[1].issuer, desk.at().responder.issuer(x509::OcspHash::Sha1));
  const std::vector<Known> known{{question.asked()[0], OcspGood{}},
                                 {question.asked()[1], revoked_for(x509::CrlReason::Superseded)},
                                 {question.asked()[2], OcspUnknown{}}};
  const auto said = desk.judge(options, desk.at().responder.answer(known, desk.at().day()).value());
  EXPECT_TRUE(has(said, "Response verify OK")) << said;
  EXPECT_TRUE(has(said, "one.pem: good")) << said;
  EXPECT_TRUE(has(said, "two.pem: revoked")) << said;
  EXPECT_TRUE(has(said, "Reason: superseded")) << said;
  EXPECT_TRUE(has(said, "0x77: unknown")) << said;
}

TEST(OpensslAsks, and_believes_an_answer_that_was_kept_in_its_compact_form) {
  Desk desk;
  const auto question = desk.ask("-cert two.pem -no_nonce");
  const Known known{question.asked()[0], revoked_for(x509::CrlReason::AaCompromise)};
  const auto kept = desk.at().responder.presign(known, desk.at().day()).value().encode();
  const auto answer = CompactAnswer::decode(kept).value();
  const auto said =
      desk.judge("-cert two.pem", desk.at().responder.assemble(known.id, answer).value());
  EXPECT_TRUE(has(said, "Response verify OK")) << said;
  EXPECT_TRUE(has(said, "two.pem: revoked")) << said;
}

TEST(OpensslAsks, and_believes_the_ca_itself) {
  Desk desk;
  const auto& ca = desk.at().ca;
  const auto responder =
      Responder::authority(ca.certificate, ca.applying.key, ca.algorithm()).value();
  const Known known{desk.ask("-cert one.pem -no_nonce").asked()[0], OcspGood{}};
  const auto said = desk.judge(
      "-cert one.pem", responder.answer({&known, 1}, responder.window(noon, hours(1))).value());
  EXPECT_TRUE(has(said, "Response verify OK")) << said;
  EXPECT_TRUE(has(said, "one.pem: good")) << said;
}

TEST(OpensslAsks, and_does_not_believe_an_answer_that_was_changed) {
  Desk desk;
  const Known known{desk.ask("-cert one.pem -no_nonce").asked()[0], OcspGood{}};
  auto kept = desk.at().responder.presign(known, desk.at().day()).value();
  kept.status = revoked_for(x509::CrlReason::KeyCompromise);
  const auto said =
      desk.judge("-cert one.pem", desk.at().responder.assemble(known.id, kept).value());
  EXPECT_TRUE(has(said, "Response Verify Failure")) << said;
}

}  // namespace
}  // namespace everseal::issuance::ocsp
