//! x
use tminus::*;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut s = source::Sources::new();
    let mut o = Options::default();
    let mut file = String::new();
    let mut i = 0;
    while i < args.len() {
        let pair = |t: &str| { let (a,b) = t.split_once('=').unwrap(); (a.to_owned(), b.to_owned()) };
        match args[i].as_str() {
            "--sub" => { i+=1; o.plan.subs.push(pair(&args[i])); }
            "--var" => { i+=1; o.plan.vars.push(pair(&args[i])); }
            "--variant" => { i+=1; o.plan.variant = Some(args[i].clone()); }
            "--format" => { i+=1; }
            "export"|"json"|"check" => {}
            f => file = f.to_owned(),
        }
        i+=1;
    }
    let id = s.read(std::path::Path::new(&file)).unwrap();
    let c = compile(&mut s, id, &o);
    if args[0] == "export" { println!("{}", serde_json::to_string(&view::json::plan_json(&c, &s)).unwrap()); }
    else if args.contains(&"--format".to_owned()) { println!("{}", serde_json::to_string(&diagnostic::Report::new(&c.diagnostics, &s)).unwrap()); }
    else { for d in &c.diagnostics { print!("{}", diagnostic::render_human(d, &s, false)); } }
    std::process::exit(i32::from(diagnostic::has_errors(&c.diagnostics)));
}
