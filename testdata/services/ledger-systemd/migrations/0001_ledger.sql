create table account (
    id   uuid primary key,
    name text not null
);

create table entry (
    id        uuid primary key,
    posted_at timestamptz not null,
    memo      text not null
);

create table posting (
    entry       uuid not null references entry (id),
    account     uuid not null references account (id),
    minor_units bigint not null
);

create index posting_account on posting (account);
