"""Each organisation entity of the joined dumps, with one context, for reading."""
import sys; sys.path.insert(0,'/tmp/work/orgs')
from collections import defaultdict
from data import load
from pipelines.text.resolution.entities import load_entity_knowledge, resolve_article
arts,ex,_=load(); k=load_entity_knowledge()
tot=0
for a,e in zip(arts,ex):
    if a[0]!=sys.argv[1]: continue
    A=a[3]; out=[]
    for ent in resolve_article(A,e,k).entities:
        if ent.label!='ORG' or ent.pinned: continue
        m=ent.mentions[0]
        for s in A.segments:
            if s.start_char<=m.start_char<s.start_char+len(s.text):
                x=m.start_char-s.start_char;y=m.end_char-s.start_char
                out.append(s.text[max(0,x-25):x].replace('\n',' ')+'⟦'+s.text[x:y]+'⟧'+s.text[y:y+20].replace('\n',' '))
    if out: print(A.article_id[-4:],' ‖ '.join(out)); tot+=len(out)
print(tot)
