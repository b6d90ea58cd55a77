// How near a CRL of a million entries comes to its physical limit: reading the entries once and
// hashing them once with SHA-256. Both take turns in one run, so that a noisy machine disturbs them
// alike. The entries stand in a file as they would in a store, in runs of 64 KiB.
#include <fcntl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "crypto/digest.h"
#include "goals.h"
#include "issuance/crl.h"
#include "issuance/issue.h"
#include "x509/certificate.h"
#include "x509/crl.h"
#include "x509/csr_builder.h"
#include "x509/name.h"

namespace everseal {
namespace {

constexpr int entries = 1'000'000;
constexpr std::size_t run_octets = 64 * 1024;
constexpr int rounds = 15;

[[noreturn]] void give_up(const char* what) {
  std::perror(what);
  std::exit(1);
}

void write_all(int file, ByteView octets) {
  while (!octets.empty()) {
    const auto written = ::write(file, octets.data(), octets.size());
    if (written <= 0) give_up("write");
    octets = octets.subspan(static_cast<std::size_t>(written));
  }
}

// A file without a name, gone with the program.
int temporary_file() {
  std::string name = "/tmp/everseal-crl-bench-XXXXXX";
  const int file = mkstemp(name.data());
  if (file < 0) give_up("mkstemp");
  unlink(name.c_str());
  return file;
}

// Runs of whole entries in a file.
class Store {
 public:
  Store(Random& random, TimePoint now) {
    Bytes run;
    for (int number = 0; number < entries; ++number) {
      x509::append_crl_entry(run, x509::SerialNumber::random(random).octets(), now);
      if (run.size() >= run_octets) keep(run);
    }
    keep(run);
  }

  std::uint64_t octets() const { return octets_; }

  Outcome replay(const issuance::OctetSink& use) {
    off_t at = 0;
    for (const std::size_t size : sizes_) {
      buffer_.resize(size);
      if (pread(file_, buffer_.data(), size, at) != static_cast<ssize_t>(size)) give_up("pread");
      at += static_cast<off_t>(size);
      if (const auto used = use(buffer_); !used) return used;
    }
    return {};
  }

 private:
  void keep(Bytes& run) {
    write_all(file_, run);
    sizes_.push_back(run.size());
    octets_ += run.size();
    run.clear();
  }

  int file_ = temporary_file();
  std::vector<std::size_t> sizes_;
  std::uint64_t octets_ = 0;
  Bytes buffer_;
};

issuance::Issuer root(TimePoint now, Random& random) {
  const auto key = std::make_shared<const keys::MemoryKey>(
      crypto::PrivateKey::generate(crypto::KeyAlgorithm::P256).value());
  const auto how = crypto::SignatureAlgorithm::Sha256WithEcdsa;
  const auto name = x509::NameBuilder().add(x509::oids::kCommonName, "Bench").build().value();
  const Bytes info = x509::build_csr_info(name.der(), key->public_key_info(), {});
  const Bytes request = x509::assemble_csr(info, how, key->sign(how, info).value());
  const auto csr = x509::Csr::parse(request).value();
  const auto* root_template =
      issuance::find_template("arn:aws:acm-pca:::template/RootCACertificate/V1");
  const auto issued = issuance::issue(issuance::Issuer::without_certificate(key),
                                      {.certificate_template = *root_template,
                                       .applicant = csr,
                                       .signature_algorithm = how,
                                       .validity = {issuance::ValidityPeriod::Type::Years, 10}},
                                      now, random)
                          .value();
  return issuance::Issuer::make(x509::Certificate::parse(issued.der).value(), {}, key).value();
}

// Of the processor: one thread does all, and waits for nothing, as all files are in memory. So what
// else the machine does counts least.
double processor_milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <class Work>
double milliseconds(Work&& work) {
  const double start = processor_milliseconds();
  work();
  return processor_milliseconds() - start;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

int run() {
  const TimePoint now = WallClock().now();
  SystemRandom random;
  const auto issuer = root(now, random);
  Store store(random, now);
  const issuance::CrlRuns runs{store.octets(), [&](const auto& use) { return store.replay(use); }};
  const issuance::CrlOrder order{.signature_algorithm = crypto::SignatureAlgorithm::Sha256WithEcdsa,
                                 .this_update = now,
                                 .next_update = now + std::chrono::hours(24),
                                 .number = 1};
  const int file = temporary_file();

  const auto hash_once = [&] {
    crypto::Sha256 digest;
    static_cast<void>(store.replay([&](ByteView run) {
      digest.update(run);
      return Outcome();
    }));
    static_cast<void>(digest.finish());
  };
  const auto sign_to = [&](const issuance::OctetSink& sink) {
    const auto made = issuance::sign_crl(issuer, order, runs, sink);
    if (!made || made->entries != entries) std::abort();
  };
  const auto sign_to_nothing = [&] { sign_to([](ByteView) { return Outcome(); }); };
  const auto sign_to_file = [&] {
    if (ftruncate(file, 0) != 0 || lseek(file, 0, SEEK_SET) != 0) give_up("truncate");
    sign_to([&](ByteView octets) {
      write_all(file, octets);
      return Outcome();
    });
  };
  const auto read_entries = [&] {
    static_cast<void>(store.replay([&](ByteView run) -> Outcome {
      const auto parsed = x509::CrlEntries::parse(run);
      if (!parsed) return parsed.error();
      return {};
    }));
  };

  const double before = peak_megabytes();
  std::vector<double> limit;
  std::vector<double> to_nothing;
  std::vector<double> to_file;
  std::vector<double> checking;
  for (int round = 0; round < rounds; ++round) {
    limit.push_back(milliseconds(hash_once));
    to_nothing.push_back(milliseconds(sign_to_nothing));
    to_file.push_back(milliseconds(sign_to_file));
    checking.push_back(milliseconds(read_entries));
  }
  const double floor = median(limit);
  Goals goals;
  const auto print = [&](const char* what, double reached, double wanted) {
    std::printf("%-46s %8.1f ms   limit %8.1f ms   ratio %.2f (wanted: <= %.1f)%s\n", what, reached,
                floor, reached / floor, wanted, goals.judged(reached / floor <= wanted));
  };
  std::printf(
      "CRL of %d entries, %.1f MB, processor time, median of %d rounds;\n"
      "the limit is reading the entries and SHA-256\n",
      entries, static_cast<double>(store.octets()) / 1e6, rounds);
  print("sign and hand out", median(to_nothing), 3);
  print("sign and write to a file", median(to_file), 3);
  std::printf("reading and checking entries alone: %.1f ms; memory grew by %.1f MB\n",
              median(checking), peak_megabytes() - before);
  return goals.exit_code();
}

}  // namespace
}  // namespace everseal

int main() { return everseal::run(); }
