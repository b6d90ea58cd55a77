#include "services/acmpca/publication/crl_publisher.h"

#include <algorithm>

#include "asn1/pem.h"
#include "asn1/pem_encoder.h"
#include "issuance/log/append.h"
#include "jobs/jobs.h"
#include "services/acmpca/announcing/announcements.h"
#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/certificates/certificate_store.h"
#include "services/acmpca/certificates/signed_certificates.h"
#include "services/acmpca/crl/membership.h"
#include "services/acmpca/model/algorithms.h"

namespace everseal::acmpca {
namespace {

using issuance::log::Leaf;
using Pending = std::unique_ptr<ObjectSink::Pending>;

const CrlConfiguration& crl_configuration(const Authority& authority) {
  return *authority.revocation.crl_configuration;
}

ObjectSink::Target target_of(const Authority& authority, const CrlLocation& location,
                             std::string key, std::string content_type) {
  return {.authority_arn = authority.arn.text(),
          .account = std::string(authority.arn.account()),
          .region = std::string(authority.arn.region()),
          .bucket = location.bucket,
          .key = std::move(key),
          .acl = crl_configuration(authority).s3_object_acl.value_or(ObjectAcl::PublicRead),
          .content_type = std::move(content_type)};
}

std::string pem_key(std::string key) { return key.replace(key.size() - 4, 4, ".pem"); }

// The two files of a CRL as they are written.
class Files {
 public:
  static Result<Files> begin(ObjectSink& sink, const Authority& authority,
                             const CrlLocation& location, bool with_pem) {
    Files files;
    auto der = sink.begin(target_of(authority, location, location.key, "application/pkix-crl"));
    if (!der) return der.error();
    files.der_ = *std::move(der);
    if (!with_pem) return files;
    auto pem =
        sink.begin(target_of(authority, location, pem_key(location.key), "application/x-pem-file"));
    if (!pem) return pem.error();
    files.pem_ = *std::move(pem);
    return files;
  }

  Outcome append(ByteView octets) {
    if (const auto done = der_->append(octets); !done || !pem_) return done;
    encoder_.add(octets, text_);
    return text_.size() < 65'536 ? Outcome() : flush();
  }

  Outcome finish() {
    if (const auto done = der_->finish(); !done || !pem_) return done;
    encoder_.finish(text_);
    if (const auto done = flush(); !done) return done;
    return pem_->finish();
  }

  Outcome store(sql::Transaction& tx) const {
    if (const auto done = der_->store(tx); !done || !pem_) return done;
    return pem_->store(tx);
  }

 private:
  Outcome flush() {
    const auto done = pem_->append(as_bytes(text_));
    text_.clear();
    return done;
  }

  Pending der_;
  Pending pem_;  // may be null
  asn1::PemEncoder encoder_{asn1::kCrlLabel};
  std::string text_;
};

// What of a list a CRL has.
struct Part {
  std::int64_t crl;
  EntryPosition from;
};

// Of a delta CRL what was added to its list; partitions whose entries are in the complete one do
// not grow.
Result<std::vector<Part>> parts_of(sql::Snapshot& view, const Authority& authority, const Crl& crl,
                                   bool is_delta) {
  if (is_delta) return std::vector{Part{crl.id, crl.base->end}};
  const auto lists = lists_in(view, authority, crl);
  if (!lists) return lists.error();
  std::vector<Part> parts;
  for (const auto list : *lists) parts.push_back({list, {}});
  return parts;
}

Result<std::uint64_t> size_of(sql::Snapshot& view, const std::vector<Part>& parts) {
  std::uint64_t octets = 0;
  for (const auto& part : parts) {
    const auto size = entries_size(view, part.crl, part.from);
    if (!size) return size.error();
    octets += *size;
  }
  return octets;
}

Outcome replay(sql::Snapshot& view, const std::vector<Part>& parts,
               const issuance::OctetSink& use) {
  for (const auto& part : parts) {
    Outcome used;
    const auto read = each_run(view, part.crl, part.from, [&](ByteView run) {
      used = use(run);
      return used.has_value();
    });
    if (!read || !used) return read ? used : read;
  }
  return {};
}

// Signs what is listed in this view.
Result<issuance::SignedCrl> sign(sql::Snapshot& view, const issuance::Issuer& issuer,
                                 const issuance::CrlOrder& order, const std::vector<Part>& parts,
                                 const issuance::OctetSink& write) {
  const auto octets = size_of(view, parts);
  if (!octets) return octets.error();
  const auto runs = [&](const issuance::OctetSink& use) { return replay(view, parts, use); };
  return issuance::sign_crl(issuer, order, {.octets = *octets, .replay = runs}, write);
}

// When half of the time of a CRL is over.
TimePoint half_time(TimePoint produced_at, TimePoint next_update) {
  return produced_at + (next_update - produced_at) / 2;
}

}  // namespace

// Where a list lies, as a whole and what was added since.
struct CrlPublisher::Places {
  Places(const CrlLocation& whole, bool writes_delta)
      : complete(whole), delta(delta_of(whole)), is_delta(writes_delta) {}
  const CrlLocation& written() const { return is_delta ? delta : complete; }

  CrlLocation complete;
  CrlLocation delta;
  bool is_delta;
};

struct CrlPublisher::Draft {
  Crl before;
  std::int64_t number = 0;
  TimePoint produced_at;
  TimePoint next_update;
  CrlLocation location;
  Files files;
  issuance::SignedCrl signed_crl;

  bool is_delta = false;
  EntryPosition end;  // of all entries

  // The next complete one is due then.
  TimePoint refresh_at() const {
    return is_delta ? half_time(before.produced_at, before.next_update)
                    : half_time(produced_at, next_update);
  }
};

// And what is announced as its reason.
struct CrlPublisher::Failure {
  static Failure to_write(Fault fault) {
    const auto reason = fault.kind == Fault::Kind::Conflict ? kNoPermissionToWrite : kCrlNotWritten;
    return {std::move(fault), reason};
  }
  static Failure to_generate(Fault fault) { return {std::move(fault), kCrlNotGenerated}; }

  Fault fault;
  std::string_view reason;
};

CrlPublisher::CrlPublisher(sql::Database& database, const Clock& clock,
                           ReadyAuthorities& authorities, ObjectSink& sink, Announcer& announcer,
                           Log& log, Settings settings)
    : database_(database),
      clock_(clock),
      authorities_(authorities),
      sink_(sink),
      announcer_(announcer),
      log_(log),
      settings_(settings) {}

Result<jobs::Verdict> CrlPublisher::publish(const jobs::Execution& execution) {
  const auto now = clock_.now();
  const auto crl = database_.read(
      [&](sql::Snapshot& view) { return find_crl(view, jobs::id_in(execution.key)); });
  if (!crl) return crl.error();
  if (!*crl) return jobs::Verdict::done();
  const auto ready = authority_of(**crl);
  if (!ready) return ready.error();
  if (!*ready || !is_published((*ready)->authority, **crl, now)) return jobs::Verdict::done();
  if (!is_delta_due(**crl, now)) {
    if (const auto cleared = begin_anew((*ready)->authority, **crl); !cleared)
      return cleared.error();
  }
  const auto drafted = draft(**ready, **crl, now);
  const auto done = drafted ? store(**ready, *drafted) : Result<void, Failure>(drafted.error());
  if (done) {
    ++published_;
    return jobs::Verdict::again(drafted->refresh_at());
  }
  ++failed_;
  tell_failure((*ready)->authority, **crl, done.error());
  return jobs::Verdict::again(now + settings_.crl_retry);
}

void CrlPublisher::tell_failure(const Authority& authority, const Crl& crl,
                                const Failure& failure) {
  log_.warning(
      "crl.not_published",
      {{"ca", authority.arn.text()}, {"partition", crl.partition}, {"cause", failure.fault.cause}});
  const auto announcement = crl_not_generated(authority.arn, failure.reason, clock_.now());
  const auto announced =
      database_.write([&](sql::Transaction& tx) { return announcer_.announce(tx, announcement); });
  if (!announced) {
    log_.warning("event.not_told", {{"ca", authority.arn.text()},
                                    {"event", announcement.detail_type},
                                    {"cause", announced.error().cause}});
  }
}

Result<ReadyAuthorities::Found> CrlPublisher::authority_of(const Crl& crl) const {
  const auto arn = database_.read([&](sql::Snapshot& view) { return arn_of(view, crl.ca); });
  if (!arn) return arn.error();
  return authorities_.find(*arn, ReadyAuthorities::From::Database);
}

bool CrlPublisher::is_delta_due(const Crl& crl, TimePoint now) const {
  return settings_.crl_deltas && crl.base && now < half_time(crl.produced_at, crl.next_update);
}

// Nothing starts from the last CRL any more, so that entries may move: those go that it listed once
// more after their end. The last complete CRL of a CA that returned to it since listed no
// partition.
Outcome CrlPublisher::begin_anew(const Authority& authority, const Crl& crl) {
  if (crl.number == 0) return {};
  if (crl.base) {
    const auto done =
        database_.write([&](sql::Transaction& tx) { return forget_base(tx, crl.id); });
    if (!done) return done;
  }
  const auto lists =
      database_.read([&](sql::Snapshot& view) { return lists_in(view, authority, crl); });
  if (!lists) return lists.error();
  for (const auto list : *lists) {
    if (list != crl.id && crl.produced_at < authority.state_changed_at) continue;
    if (const auto done = drop_all_ended(authority, list, crl.produced_at); !done) return done;
  }
  return {};
}

// Nothing once the CA was changed: a delta CRL of another configuration may start behind entries.
Outcome CrlPublisher::drop_all_ended(const Authority& authority, std::int64_t crl,
                                     TimePoint before) {
  bool more = true;
  while (more) {
    const auto dropped = database_.write([&](sql::Transaction& tx) -> Result<bool> {
      const auto current = is_current(tx, authority);
      if (!current) return current.error();
      return *current ? drop_ended(tx, crl, before) : false;
    });
    if (!dropped) return dropped.error();
    more = *dropped;
  }
  return {};
}

Result<CrlPublisher::Draft, CrlPublisher::Failure> CrlPublisher::draft(const ReadyAuthority& ready,
                                                                       const Crl& crl,
                                                                       TimePoint now) {
  const auto& authority = ready.authority;
  const Places places(location_of(authority, crl), is_delta_due(crl, now));
  auto files = Files::begin(sink_, authority, places.written(), settings_.crl_as_pem);
  if (!files) return Failure::to_write(files.error());
  const std::chrono::days lasts{*crl_configuration(authority).expiration_in_days};
  Draft draft{.before = crl,
              .number = std::max(crl.number + 1, to_millis(now)),
              .produced_at = now,
              .next_update = places.is_delta ? crl.next_update : now + lasts,
              .location = places.written(),
              .files = *std::move(files),
              .signed_crl = {},
              .is_delta = places.is_delta,
              .end = {}};
  const auto order = order_of(authority, draft, places);
  Outcome written;
  const auto write = [&](ByteView piece) { return written = draft.files.append(piece); };
  auto made = database_.read([&](sql::Snapshot& view) -> Result<issuance::SignedCrl> {
    const auto end = end_of_entries(view, crl.id);
    if (!end) return end.error();
    draft.end = *end;
    const auto parts = parts_of(view, authority, crl, draft.is_delta);
    if (!parts) return parts.error();
    return sign(view, ready.issuer, order, *parts, write);
  });
  if (!written) return Failure::to_write(written.error());
  if (!made) return Failure::to_generate(made.error());
  draft.signed_crl = *made;
  if (const auto finished = draft.files.finish(); !finished)
    return Failure::to_write(finished.error());
  return draft;
}

issuance::CrlOrder CrlPublisher::order_of(const Authority& authority, const Draft& draft,
                                          const Places& places) const {
  issuance::CrlOrder order{
      .signature_algorithm = *spoken(authority.configuration.signing_algorithm),
      .this_update = draft.produced_at - settings_.crl_backdating,
      .next_update = draft.next_update,
      .number = static_cast<std::uint64_t>(draft.number)};
  if (has_partitions(authority)) order.distribution_point = places.complete.uri;
  if (draft.is_delta) order.base_number = static_cast<std::uint64_t>(draft.before.base->number);
  if (!draft.is_delta && settings_.crl_deltas) order.freshest = places.delta.uri;
  return order;
}

Result<void, CrlPublisher::Failure> CrlPublisher::store(const ReadyAuthority& ready,
                                                        const Draft& draft) {
  const auto& authority = ready.authority;
  Outcome written;
  const auto done = database_.write([&](sql::Transaction& tx) -> Outcome {
    const auto current = is_current(tx, authority);
    if (!current) return current.error();
    if (!*current) return Fault::conflict("the CA was changed while it signed");
    const auto position = issuance::log::append(
        tx, {.kind = Leaf::Kind::Crl,
             .time = draft.produced_at,
             .authority = authority.arn.text(),
             .object = crl_object(authority.arn.text(), draft.before.partition, draft.number),
             .digest = draft.signed_crl.digest});
    if (!position) return position.error();
    Publication publication{.number = draft.number,
                            .produced_at = draft.produced_at,
                            .next_update = draft.next_update,
                            .bucket = draft.location.bucket,
                            .key = draft.location.key,
                            .digest = draft.signed_crl.digest,
                            .log_position = *position};
    if (settings_.crl_deltas) publication.base_end = draft.end;
    const auto recorded = draft.is_delta ? record_delta(tx, draft.before, publication)
                                         : record_publication(tx, draft.before, publication);
    if (!recorded) return recorded;
    auto announced = announcer_.announce(tx, crl_generated(authority.arn, draft.produced_at));
    if (!announced) return announced;
    return written = draft.files.store(tx);
  });
  if (!written) return Failure::to_write(written.error());
  if (!done) return Failure::to_generate(done.error());
  return {};
}

}  // namespace everseal::acmpca
